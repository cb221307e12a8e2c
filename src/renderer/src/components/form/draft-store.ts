import type { FormValues } from '@shared/resources/nested'

const prefix = 'draft/'

interface SavedDraft {
  /** The edited record; absent for a new one. */
  readonly id?: string
  readonly values: FormValues
  readonly initial: FormValues
}

/** Unsaved drafts survive a crash or reload of the window, but not the end of the app. Never save a secret here. */
export const draftStore = {
  save: (key: string, draft: SavedDraft): void => sessionStorage.setItem(prefix + key, JSON.stringify(draft)),
  drop: (key: string): void => sessionStorage.removeItem(prefix + key),
  read(key: string): SavedDraft | undefined {
    try {
      const text = sessionStorage.getItem(prefix + key)
      return text === null ? undefined : (JSON.parse(text) as SavedDraft)
    } catch {
      return undefined
    }
  },
}

/** Only the typed values: the others may have changed on the server since the draft was saved. */
export const typedValues = ({ values, initial }: SavedDraft): FormValues =>
  Object.fromEntries(
    Object.entries(values).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(initial[key])),
  )
