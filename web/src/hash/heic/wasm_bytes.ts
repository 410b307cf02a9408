/** Reads a WebAssembly module, as far as it takes to find one function's body. */

const MAGIC_AND_VERSION = 8

export class WasmBytes {
  constructor(
    readonly module: Uint8Array,
    public at: number,
  ) {}

  /**
   * The contents of the first section of a kind.
   *
   * Raises: RangeError when there is none.
   */
  static section(module: Uint8Array, wanted: number): WasmBytes {
    const bytes = new WasmBytes(module, MAGIC_AND_VERSION)
    for (;;) {
      const kind = bytes.byte()
      const size = bytes.number()
      if (kind === wanted) return bytes
      bytes.skip(size)
    }
  }

  byte(): number {
    const byte = this.module[this.at++]
    if (byte === undefined) throw new RangeError('WebAssembly: the module ends too early')
    return byte
  }

  /** An unsigned number of 7 bits a byte, the lowest first. Source: core specification, 5.2.2. */
  number(): number {
    const byte = this.byte()
    return byte < 0x80 ? byte : byte - 0x80 + 0x80 * this.number()
  }

  name(): string {
    const length = this.number()
    const from = this.at
    this.skip(length)
    return new TextDecoder().decode(this.module.subarray(from, this.at))
  }

  skip(bytes: number): void {
    this.at += bytes
  }
}
