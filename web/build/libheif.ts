/**
 * Leaves out what libheif's script asks for in Node only: with nothing given for it the bundler
 * warns, and writes an empty file for a browser to fetch.
 */
import type { Plugin } from 'vite'

const OF_NODE = ['fs', 'path', 'crypto']
const NOTHING = '\0nothing-of-node'

export function libheifForBrowsers(): Plugin {
  return {
    name: 'notyours-libheif',
    // Before Vite, which has an answer of its own.
    enforce: 'pre',
    resolveId: (id, importer) =>
      OF_NODE.includes(id) && importer?.includes('/libheif-js/') ? NOTHING : undefined,
    load: (id) => (id === NOTHING ? 'export default {}' : undefined),
  }
}
