/** Opaque ids that look like the PBX's: the base64 of a long number that grows. */
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

/** The long number inside an id, as exports write it. */
export const internalNumber = (id: string): string => Buffer.from(id, 'base64').toString()
