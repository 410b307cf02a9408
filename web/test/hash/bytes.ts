/** Files written byte by byte. */

export function ascii(text: string): number[] {
  return Array.from(text, (letter) => letter.charCodeAt(0))
}

export function box(type: string, ...content: number[]): number[] {
  return [0, 0, 0, 8 + content.length, ...ascii(type), ...content]
}

export function blob(bytes: readonly number[]): Blob {
  return new Blob([Uint8Array.from(bytes)])
}
