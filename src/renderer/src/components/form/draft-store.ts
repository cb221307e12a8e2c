import type { FormValues } from '@shared/resources/nested'

const prefix = 'draft/'

interface KeptDraft {
  /** The resource that is edited; absent for a new one. */
  readonly id?: string
  readonly values: FormValues
  readonly initial: FormValues
}

/** Unsaved drafts outlive a window that crashed or was loaded again; they go with the app. Never keep a secret here. */
export const draftStore = {
  keep: (key: string, draft: KeptDraft): void => sessionStorage.setItem(prefix + key, JSON.stringify(draft)),
  drop: (key: string): void => sessionStorage.removeItem(prefix + key),
  read(key: string): KeptDraft | undefined {
    try {
      const text = sessionStorage.getItem(prefix + key)
      return text === null ? undefined : (JSON.parse(text) as KeptDraft)
    } catch {
      return undefined
    }
  },
}

/** What was typed, alone: the rest is the server's, which may have changed since the draft was kept. */
export const typedIn = ({ values, initial }: KeptDraft): FormValues =>
  Object.fromEntries(
    Object.entries(values).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(initial[key])),
  )
