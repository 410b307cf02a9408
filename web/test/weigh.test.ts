/** What counts as the first load, and that a build which makes it too heavy does not pass. */
import { randomBytes } from 'node:crypto'
import { build, type Plugin, type Rolldown } from 'vite'
import { expect, test } from 'vitest'
import { firstLoad, weigh } from '../build/weigh.ts'

/** Text that does not compress to less than this many kilobytes. */
const weight = (kb: number) => randomBytes(kb * 1000).toString('base64')

/** A page of three modules that stand nowhere on the disk. */
function page(modules: Record<string, string>): Plugin {
  return {
    name: 'page',
    resolveId: (id) => (id in modules ? id : undefined),
    load: (id) => modules[id],
  }
}

async function built(modules: Record<string, string>): Promise<Rolldown.OutputBundle> {
  const bundles: Rolldown.OutputBundle[] = []
  const keep: Plugin = {
    name: 'keep',
    generateBundle: (_, bundle) => void bundles.push(bundle),
  }
  await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [page(modules), keep, weigh()],
    build: { write: false, rolldownOptions: { input: 'entry' } },
  })
  return bundles[0] ?? {}
}

test('what is imported at once is counted, what is imported later is not', async () => {
  const bundle = await built({
    entry: "import 'at-once'; import('later')",
    'at-once': 'console.log(1)',
    later: `console.log('${weight(200)}')`,
  })
  const names = [...firstLoad(bundle)].join()
  expect(Object.keys(bundle).join()).toContain('later')
  expect(names).toContain('entry')
  expect(names).not.toContain('later')
})

test('a first load of over 60 kB compressed fails the build', async () => {
  const heavy = { entry: "import 'at-once'", 'at-once': `console.log('${weight(60)}')` }
  await expect(built(heavy)).rejects.toThrow('of 60 kB')
})
