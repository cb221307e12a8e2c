import { ref } from 'vue'

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') === true

/** Files dragged onto an element. `over` is true while they are above it; bind `listeners` with `v-on`. */
export function useFileDrop(drop: (files: readonly File[]) => void) {
  const over = ref(false)
  /** `dragenter` of a child comes before `dragleave` of the previous element. */
  let depth = 0

  const accepts = (run: (event: DragEvent) => void) => (event: DragEvent) => {
    if (!hasFiles(event)) return
    event.preventDefault()
    run(event)
  }

  return {
    over,
    listeners: {
      dragenter: accepts(() => {
        depth += 1
        over.value = true
      }),
      dragover: accepts((event) => {
        if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy'
      }),
      dragleave: accepts(() => {
        depth = Math.max(0, depth - 1)
        over.value = depth > 0
      }),
      drop: accepts((event) => {
        depth = 0
        over.value = false
        drop([...(event.dataTransfer?.files ?? [])])
      }),
    },
  }
}
