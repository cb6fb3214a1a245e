import type { Plugin, ViteDevServer } from 'vite';

interface MountsInServer {
  configureServer(server: ViteDevServer): Promise<void>;
}

/** The gateway beside the site in the dev server (`npm run dev`); its code is loaded when a server really starts. */
export function gatewayBesideSite(): Plugin {
  return {
    name: 'gateway-beside-site',
    async configureServer(server) {
      // Not a literal, or Vite would bundle the whole gateway into its configuration.
      const module = new URL('../server/dev.ts', import.meta.url).href;
      const { gatewayPlugin } = (await import(module)) as { readonly gatewayPlugin: () => MountsInServer };
      await gatewayPlugin().configureServer(server);
    },
  };
}
