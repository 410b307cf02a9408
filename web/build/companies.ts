/**
 * Builds the companies that take part into the page, from the operator's list.
 *
 * Only id and name: how a company is reached is nobody's business in a public bundle.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'

const MODULE = 'virtual:companies'
const RESOLVED = `\0${MODULE}`
const PARTNERS = fileURLToPath(new URL('../../infrastructure/partners.json', import.meta.url))

interface Partner {
  id: string
  name: string
}

export function companies(): Plugin {
  return {
    name: 'notyours-companies',
    resolveId: (id) => (id === MODULE ? RESOLVED : undefined),
    load(id) {
      if (id !== RESOLVED) return undefined
      this.addWatchFile(PARTNERS)
      return `export const companies = ${JSON.stringify(publicPart(PARTNERS))}`
    },
  }
}

function publicPart(path: string): Partner[] {
  const partners = JSON.parse(readFileSync(path, 'utf8')) as Partner[]
  return partners.map(({ id, name }) => ({ id, name }))
}
