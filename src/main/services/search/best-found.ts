import type { Compare } from '@shared/rows/order'

/** The best of what a search found, up to `max`, in order; others are counted alone. */
export class BestFound<T> {
  readonly items: T[] = []
  /** How many were found. */
  count = 0

  constructor(
    private readonly max: number,
    private readonly compare: Compare<T>,
  ) {}

  add(item: T): void {
    const { items, max, compare, last } = this
    this.count += 1
    if (last !== undefined && compare(item, last) >= 0) return
    const place = items.findIndex((other) => compare(item, other) < 0)
    items.splice(place < 0 ? items.length : place, 0, item)
    if (items.length > max) items.pop()
  }

  /** What a further item has to be better than; undefined while there is room. */
  get last(): T | undefined {
    return this.items.length < this.max ? undefined : this.items[this.items.length - 1]
  }
}
