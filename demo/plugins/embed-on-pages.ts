import type { Plugin } from 'vite';

const script = /<script(?=[^>]*\ssrc="\/embed\/)(?![^>]*vite-ignore)/g;

/** The demo pages take the widget as any guest does, from `/embed/viva-voce.js`: built beside them, or its source while developing. */
export function embedOnPages(): Plugin {
  return {
    name: 'embed-on-pages',
    transformIndexHtml: { order: 'pre', handler: (html) => html.replace(script, '<script vite-ignore') },
    configureServer: (server) => {
      server.middlewares.use((request, _response, next) => {
        if (request.url?.startsWith('/embed/viva-voce.js') === true) request.url = '/src/embed.ts';
        next();
      });
    },
  };
}
