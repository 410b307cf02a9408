/** Builds the harness as the page is built: same target, same kind of worker. */
import { defineConfig } from 'vite'
import { libheifForBrowsers } from '../../../build/libheif.ts'

export default defineConfig({
  build: { target: 'es2022', assetsInlineLimit: 0, reportCompressedSize: false },
  worker: { format: 'es', plugins: () => [libheifForBrowsers()] },
  logLevel: 'warn',
})
