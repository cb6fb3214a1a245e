import { useSyncExternalStore } from 'react';
import { currentRoute, onRoute } from '../route.ts';
import { Ask } from './ask.tsx';

/** Two views; leaving the one with the assistant takes it off the page. */

export function App() {
  const route = useSyncExternalStore(onRoute, currentRoute);
  return (
    <>
      <nav aria-label="Views">
        <a href="#/">Home</a> <a href="#/ask">Ask</a>
      </nav>
      <main>{route === '/ask' ? <Ask /> : <h1>The garden centre</h1>}</main>
    </>
  );
}
