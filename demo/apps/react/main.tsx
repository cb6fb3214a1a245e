import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import '../app.css';
import { App } from './app.tsx';

/** A single-page app in React, 18 or 19. */

const root = document.querySelector('#app');
if (root === null) throw new Error('The page has no #app');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
