/** The licences that are published with the page. */
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { noticesOf } from '../build/notices.ts'

function moduleIn(path: string): string {
  return fileURLToPath(new URL(`../node_modules/${path}`, import.meta.url))
}

const LIBHEIF = moduleIn('libheif-js/libheif-wasm/libheif.js')

test('each package is named once, with all of its licences, also those of its parts', () => {
  const text = noticesOf([LIBHEIF, `${LIBHEIF}?commonjs`, moduleIn('mediabunny/src/index.ts')])
  expect(text.match(/^libheif-js \S+ LGPL-3.0/gm)).toHaveLength(1)
  expect(text).toContain('GNU LESSER GENERAL PUBLIC LICENSE')
  expect(text.match(/^mediabunny \S+ MPL-2.0/gm)).toHaveLength(1)
  expect(text).toContain('Mozilla Public License Version 2.0')
})

test('what the project wrote itself needs no notice', () => {
  expect(noticesOf(['/somewhere/web/src/main.ts', '\0vite/preload-helper.js'])).toBe('')
})
