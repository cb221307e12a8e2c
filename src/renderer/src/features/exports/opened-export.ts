import { shallowRef } from 'vue'
import type { OpenedExport } from '@shared/domain/export'
import type { AppError } from '@shared/ipc/result'

/** A file outside the library, for the page that shows it or its error. */
export type OpenedFile =
  | { readonly kind: 'opened'; readonly opened: OpenedExport }
  | { readonly kind: 'failed'; readonly error: AppError; readonly name?: string }

const current = shallowRef<OpenedFile>()
/** Increased with every file, so that another one replaces it on the same page. */
const revision = shallowRef(0)

export const useOpenedFile = () => ({
  current,
  revision,
  open(file: OpenedFile): void {
    current.value = file
    revision.value += 1
  },
})
