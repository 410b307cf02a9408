/** How the page is built: one origin, no inlined code, no eval, a first load that is weighed. */
import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defineConfig } from 'vitest/config'
import { companies } from './build/companies.ts'
import { libheifForBrowsers } from './build/libheif.ts'
import { notices } from './build/notices.ts'
import { weigh } from './build/weigh.ts'

const notice = notices()

export default defineConfig({
  plugins: [svelte(), companies(), notice.page, weigh()],
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    // The polyfill is an inline script, which the content security policy refuses.
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  worker: { format: 'es', plugins: () => [libheifForBrowsers(), notice.worker] },
  server: { host: '127.0.0.1', fs: { allow: ['..'] } },
  preview: { host: '127.0.0.1' },
  test: { include: ['test/**/*.test.ts'], environment: 'node' },
})
