import type { Plugin } from 'vite';
import { createGateway } from './app.ts';
import { readConfig } from './config.ts';
import { createEngines } from './engines/engines.ts';
import { createLog } from './log.ts';

/** The gateway beside the site in Vite's dev server (`npm run dev`). */
export function gatewayPlugin(): Plugin {
  return {
    name: 'viva-voce-gateway',
    async configureServer(server) {
      const config = readConfig(process.env, 5173);
      const log = createLog(config);
      const gateway = await createGateway(config, await createEngines(config, { log }), { log, site: false });
      server.middlewares.use((request, response, next) => {
        if (gateway.owns(request.url ?? '')) gateway.handle(request, response);
        else next();
      });
      if (server.httpServer === null) return;
      const detach = gateway.attach(server.httpServer);
      server.httpServer.once('close', () => {
        detach();
        gateway.close().catch((cause: unknown) => log.error({ err: cause }, 'shutting down failed'));
      });
    },
  };
}
