/**
 * Writes the licences of all that others wrote and the page carries into one file beside it, as
 * those licences ask. What is in the bundle decides, not a list that could be forgotten.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Plugin, Rolldown } from 'vite'

const FILE = 'third-party.txt'
const PACKAGE = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//
const LICENCE = /^(licen[cs]e|copying|notice)/i

interface Description {
  name: string
  version: string
  license?: string
  homepage?: string
}

/** One plugin for the page and one for its workers, which are bundled before it. */
export function notices(): { page: Plugin; worker: Plugin } {
  const modules = new Set<string>()
  const worker: Plugin = {
    name: 'notyours-notices-of-workers',
    apply: 'build',
    generateBundle: (_, bundle) => gather(bundle, modules),
  }
  const page: Plugin = {
    name: 'notyours-notices',
    apply: 'build',
    generateBundle(_, bundle) {
      gather(bundle, modules)
      this.emitFile({ type: 'asset', fileName: FILE, source: noticesOf(modules) })
    },
  }
  return { page, worker }
}

function gather(bundle: Rolldown.OutputBundle, modules: Set<string>): void {
  for (const file of Object.values(bundle)) {
    if (file.type === 'chunk') file.moduleIds.forEach((id) => modules.add(id))
  }
}

/** The notice of each package that one of these modules is from. */
export function noticesOf(modules: Iterable<string>): string {
  const licences = new Map<string, Set<string>>()
  for (const module of modules) {
    const folder = PACKAGE.exec(module)?.[1]
    if (!folder) continue
    const known = licences.get(folder) ?? new Set()
    for (const licence of licencesFor(module, folder)) known.add(licence)
    licences.set(folder, known)
  }
  return [...licences].sort(byName).map(notice).join('\n\n')
}

function byName([one]: [string, unknown], [other]: [string, unknown]): number {
  return one < other ? -1 : 1
}

/** A part of a package may have a licence of its own: all on the way up from the module count. */
function licencesFor(module: string, folder: string): string[] {
  const found = []
  for (let at = dirname(module); at.length >= folder.length; at = dirname(at))
    found.push(
      ...readdirSync(at)
        .filter((name) => LICENCE.test(name))
        .map((name) => join(at, name)),
    )
  return found
}

/** Raises: Error for a package without a licence: then nobody may carry it. */
function notice([folder, licences]: [string, Set<string>]): string {
  const text = readFileSync(join(folder, 'package.json'), 'utf8')
  const { name, version, license = '', homepage = '' } = JSON.parse(text) as Description
  if (licences.size === 0) throw new Error(`${name} has no licence`)
  const head = `${name} ${version} ${license} ${homepage}`.trim()
  const texts = [...licences].map((path) => readFileSync(path, 'utf8').trim())
  return [head, '='.repeat(head.length), ...texts].join('\n\n') + '\n'
}
