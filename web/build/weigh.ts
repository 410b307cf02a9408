/**
 * Weighs what a phone must load before it shows anything, and stops a build that grew too heavy.
 *
 * That is the page itself, its script with all that it imports at once, and their styles. What is
 * fetched later, such as the worker or a decoder, is not counted.
 */
import { gzipSync } from 'node:zlib'
import type { Plugin, Rolldown } from 'vite'

type Bundle = Rolldown.OutputBundle
type Written = Bundle[string]

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
        const bytes = [...firstLoad(bundle)].map((name) => sizeOf(bundle[name]))
        const kb = bytes.reduce((sum, size) => sum + size, 0) / 1000
        const told = `first load ${kb.toFixed(1)} kB compressed, of ${BUDGET_KB.toFixed(0)} kB`
        if (kb > BUDGET_KB) this.error(told)
        this.info(told)
      },
    },
  }
}

/** The names of the files that a browser fetches without being asked again. */
export function firstLoad(bundle: Bundle): Set<string> {
  const names = new Set(Object.keys(bundle).filter((name) => name.endsWith('.html')))
  const add = (name: string): void => {
    const file = bundle[name]
    if (!file || names.has(name)) return
    names.add(name)
    if (file.type !== 'chunk') return
    file.viteMetadata?.importedCss.forEach(add)
    file.imports.forEach(add)
  }
  for (const file of Object.values(bundle)) {
    if (file.type === 'chunk' && file.isEntry) add(file.fileName)
  }
  return names
}

function sizeOf(file: Written | undefined): number {
  if (!file) return 0
  return gzipSync(file.type === 'chunk' ? file.code : file.source).length
}
