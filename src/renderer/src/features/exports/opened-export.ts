import { shallowRef } from 'vue'
import type { OpenedExport } from '@shared/domain/export'
import type { AppError } from '@shared/ipc/result'

/** A file from elsewhere that was opened, or that could not be; it waits here for the page that shows it. */
export type OpenedFile =
  | { readonly kind: 'opened'; readonly opened: OpenedExport }
  | { readonly kind: 'failed'; readonly error: AppError; readonly name?: string }

const current = shallowRef<OpenedFile>()
/** Grows with every file, so that a second one replaces the first on the same page. */
const turn = shallowRef(0)

export const useOpenedFile = () => ({
  current,
  turn,
  hand(file: OpenedFile): void {
    current.value = file
    turn.value += 1
  },
})
