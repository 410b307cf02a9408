/** Kinds of file that are text in part: anything may come before what tells them. */
import { textAt } from '../bytes.ts'
import type { Kind } from '../format.ts'

/** Before the first element: an XML declaration and comments; or the document type, which names it. */
const SVG = /^\s*(?:<\?[^]*?\?>\s*|<!--[^]*?-->\s*)*(?:<!DOCTYPE\s+svg\b|<(?:[\w-]+:)?svg[\s/>])/i

export function textKind(start: DataView): Kind | undefined {
  if (textAt(start, 0, start.byteLength).includes('%PDF-')) return 'pdf'
  return SVG.test(textOf(start)) ? 'svg' : undefined
}

/** As the byte order mark says, else as UTF-8. The decoder takes the mark away. */
function textOf(start: DataView): string {
  const mark = textAt(start, 0, 2)
  if (mark === '\xff\xfe') return new TextDecoder('utf-16le').decode(start)
  if (mark === '\xfe\xff') return new TextDecoder('utf-16be').decode(start)
  return new TextDecoder().decode(start)
}
