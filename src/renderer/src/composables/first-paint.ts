import { ref } from 'vue'

let resolve: () => void
const painted = new Promise<void>((done) => (resolve = done))

/** Whether the window has painted for the first time. */
export const isPainted = ref(false)

/** To be called once when the window has painted for the first time. */
export function onFirstPaint(): void {
  isPainted.value = true
  resolve()
}

/** Resolves after the first paint: what is not needed for it must not keep it waiting. */
export const afterFirstPaint = (): Promise<void> => painted

/** A window that is hidden is never painted. */
const presentedAfterMs = 500

/** Resolves when the first frame with content is on the screen. */
export const whenPresented = (): Promise<void> =>
  new Promise((done) => {
    const observer = new PerformanceObserver((entries) => {
      if (entries.getEntriesByName('first-contentful-paint').length > 0) ended()
    })
    const timeout = setTimeout(() => ended(), presentedAfterMs)
    const ended = (): void => {
      observer.disconnect()
      clearTimeout(timeout)
      done()
    }
    observer.observe({ type: 'paint', buffered: true })
  })
