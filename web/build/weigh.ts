/**
 * Weighs what a phone must load before it shows anything, and stops a build that grew too heavy.
 *
 * The worker is not counted: it is fetched when the first file is chosen.
 */
import { gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

/** Kilobytes, compressed. On a line of 400 kbit/s this is a little over a second. */
const BUDGET_KB = 60

export function weigh(): Plugin {
  return {
    name: 'notyours-weigh',
    apply: 'build',
    // After the others, so that what is weighed is what is written.
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const first = Object.values(bundle).filter(({ fileName }) => isFirstLoad(fileName))
        const bytes = first.map((file) => gzipSync(file.type === 'chunk' ? file.code : file.source))
        const kb = bytes.reduce((sum, { length }) => sum + length, 0) / 1000
        const told = `first load ${kb.toFixed(1)} kB compressed, of ${BUDGET_KB.toFixed(0)} kB`
        if (kb > BUDGET_KB) this.error(told)
        this.info(told)
      },
    },
  }
}

function isFirstLoad(name: string): boolean {
  return /\.(html|css|js)$/.test(name) && !name.includes('worker')
}
