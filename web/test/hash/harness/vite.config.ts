/** Builds the harness as the page is built: same target, same kind of worker. */
import { defineConfig } from 'vite'

export default defineConfig({
  build: { target: 'es2022', assetsInlineLimit: 0, reportCompressedSize: false },
  worker: { format: 'es' },
  logLevel: 'warn',
})
