import { buildIfChanged } from './build.ts';

/** `npm start`: the site's build when it is out of date, then the gateway with the site beside it. */

buildIfChanged();
await import('./server/main.ts');
