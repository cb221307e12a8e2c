/** Opaque IDs like those of the PBX: the base64 of an increasing number. */
export class Ids {
  private last: bigint

  constructor(seed: number) {
    this.last = 700_551_909_773_148_160n + BigInt(seed >>> 0) * 4096n
  }

  next(): string {
    this.last += 4096n
    return Buffer.from(this.last.toString()).toString('base64')
  }
}

/** The number inside an ID, as exports contain it. */
export const internalNumber = (id: string): string => Buffer.from(id, 'base64').toString()
