/** How the page is built: one folder of static files that the playground server serves. */
import { defineConfig } from "vite";

export default defineConfig({
  build: {
    outDir: "dist",
    // The card renderer is one large file by nature; the page is only ever served from this machine.
    chunkSizeWarningLimit: 900,
  },
  // `npm run dev` shows the page with live reload, beside a running `./parley demo`.
  server: { proxy: { "/control": "http://127.0.0.1:3979" } },
});
