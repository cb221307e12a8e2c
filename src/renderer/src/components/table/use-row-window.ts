import { computed, onScopeDispose, shallowRef, watch, type Ref } from 'vue'

export const headHeight = 34
/**
 * Chromium ends an element at 2^25 pixels of the screen, which this is at four of them for one of CSS. A higher list is
 * scrolled in proportion.
 */
export const heightMax = 8_000_000
/** Rows that are rendered above and below the view. */
const overscan = 12

interface Options {
  readonly scroller: Ref<HTMLElement | null>
  readonly count: () => number
  /** In CSS pixels. */
  readonly rowHeight: () => number
}

/** The part of a long list that is in view. Rows have one height; the head above them is sticky. */
export function useRowWindow({ scroller, count, rowHeight }: Options) {
  /** How far the list is scrolled. Where that is in proportion, it is exact, and the position of the scroller is not. */
  const top = shallowRef(0)
  const position = shallowRef(0)
  const viewHeight = shallowRef(0)

  const listHeight = computed(() => count() * rowHeight())
  /** Of the element with the rows. */
  const height = computed(() => Math.min(listHeight.value, heightMax))
  const topMax = (whole: number): number => Math.max(0, whole + headHeight - viewHeight.value)
  const scale = computed(() => (listHeight.value > heightMax ? topMax(listHeight.value) / topMax(height.value) : 1))

  const first = computed(() => Math.max(0, Math.floor(top.value / rowHeight()) - overscan))
  const last = computed(() =>
    viewHeight.value === 0
      ? -1
      : Math.min(count() - 1, Math.ceil((top.value + viewHeight.value) / rowHeight()) + overscan),
  )
  const shift = computed(() => position.value - top.value)
  const inView = computed(() =>
    Array.from({ length: Math.max(0, last.value - first.value + 1) }, (_, at) => {
      const index = first.value + at
      return { index, start: index * rowHeight() + shift.value }
    }),
  )

  function onScroll(): void {
    const at = scroller.value?.scrollTop ?? 0
    // The echo of `moveTo`, which knows the place better.
    if (at === position.value) return
    position.value = at
    top.value = at * scale.value
  }

  function moveTo(wanted: number): void {
    const element = scroller.value
    if (element === null) return
    const next = Math.max(0, Math.min(wanted, topMax(listHeight.value)))
    element.scrollTop = next / scale.value
    position.value = element.scrollTop
    top.value = scale.value === 1 ? position.value : next
  }

  function show(index: number): void {
    const start = index * rowHeight()
    const room = viewHeight.value - headHeight
    if (start < top.value) moveTo(start)
    else if (start + rowHeight() > top.value + room) moveTo(start + rowHeight() - room)
  }

  /** In proportion, a turn of the wheel would pass over rows. */
  function onWheel(event: WheelEvent): void {
    if (scale.value === 1 || event.ctrlKey || event.shiftKey || event.deltaY === 0) return
    event.preventDefault()
    const { deltaMode, deltaY, DOM_DELTA_LINE, DOM_DELTA_PAGE } = event
    const unit = deltaMode === DOM_DELTA_LINE ? rowHeight() : deltaMode === DOM_DELTA_PAGE ? viewHeight.value : 1
    moveTo(top.value + deltaY * unit)
  }

  const sizes = new ResizeObserver(() => {
    viewHeight.value = scroller.value?.clientHeight ?? 0
  })
  watch(
    scroller,
    (element, before) => {
      before?.removeEventListener('scroll', onScroll)
      before?.removeEventListener('wheel', onWheel)
      sizes.disconnect()
      if (element === null) return
      element.addEventListener('scroll', onScroll, { passive: true })
      element.addEventListener('wheel', onWheel)
      sizes.observe(element)
      viewHeight.value = element.clientHeight
      onScroll()
    },
    { flush: 'post', immediate: true },
  )
  onScopeDispose(() => sizes.disconnect())
  // The same rows stay in view when others arrive or the window gets another height.
  watch([scale, listHeight], ([now], [before]) => (now === 1 && before === 1 ? onScroll() : moveTo(top.value)), {
    flush: 'post',
  })

  return { inView, height, top, show, moveTo }
}
