import { shallowRef, type ShallowRef } from 'vue'
import type { ServerId } from '@shared/domain/server'
import type { FormValues } from '@shared/resources/nested'

const prefix = 'draft/'

export interface SavedDraft {
  /** The edited record; absent for a new one. */
  readonly id?: string
  readonly values: FormValues
  readonly initial: FormValues
  /** The name of the route of its form. */
  readonly page: string
  /** Labels of what was typed and is not kept, such as a password. */
  readonly notKept?: readonly string[]
  /** When it was last changed, in ISO 8601. */
  readonly savedAt: string
}

const isValues = (value: unknown): value is FormValues =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Undefined for what another version of the app saved in another form: it would keep its page from opening. */
function parsed(text: string | null): SavedDraft | undefined {
  try {
    const draft = JSON.parse(text ?? 'null') as Partial<SavedDraft> | null
    const { id, values, initial, page, notKept = [], savedAt } = draft ?? {}
    const isDraft =
      ['string', 'undefined'].includes(typeof id) &&
      isValues(values) &&
      isValues(initial) &&
      typeof page === 'string' &&
      Array.isArray(notKept) &&
      notKept.every((label) => typeof label === 'string') &&
      !Number.isNaN(Date.parse(savedAt ?? ''))
    return isDraft ? (draft as SavedDraft) : undefined
  } catch {
    return undefined
  }
}

type Pages = ReadonlyMap<string, string>
/** The key of the draft of a new customer, which is of no server. */
export const customerDraftKey = 'new-customer'

let pages: ShallowRef<Pages> | undefined

/** The page of each draft by its key, which begins with the server's ID. */
const savedPages = (): ShallowRef<Pages> =>
  (pages ??= shallowRef(
    new Map(
      Object.keys(localStorage).flatMap((key) => {
        const draft = key.startsWith(prefix) ? parsed(localStorage.getItem(key)) : undefined
        return draft === undefined ? [] : [[key.slice(prefix.length), draft.page] as const]
      }),
    ),
  ))

/**
 * Drafts of forms that were left with changes. They survive leaving the page, a crash of the window and the end of the
 * app. Never save a secret here, only its label.
 */
export const draftStore = {
  /** Whether it could be saved: there may be no space. */
  save(key: string, draft: Omit<SavedDraft, 'savedAt'>): boolean {
    try {
      localStorage.setItem(prefix + key, JSON.stringify({ ...draft, savedAt: new Date().toISOString() }))
    } catch {
      draftStore.drop(key)
      return false
    }
    const all = savedPages()
    if (all.value.get(key) !== draft.page) all.value = new Map([...all.value, [key, draft.page]])
    return true
  },
  drop(key: string): void {
    localStorage.removeItem(prefix + key)
    const all = savedPages()
    if (all.value.has(key)) all.value = new Map([...all.value].filter(([other]) => other !== key))
  },
  /** Reactive. */
  has: (key: string): boolean => savedPages().value.has(key),
  read: (key: string): SavedDraft | undefined => parsed(localStorage.getItem(prefix + key)),
  /** The names of the pages of this server that have a draft; reactive. */
  pagesOf: (serverId: ServerId): readonly string[] =>
    [...savedPages().value].filter(([key]) => key.startsWith(`${serverId}/`)).map(([, page]) => page),
  /** For servers that leave the workspace. */
  dropServers(serverIds: readonly ServerId[]): void {
    for (const key of savedPages().value.keys())
      if (serverIds.some((id) => key.startsWith(`${id}/`))) draftStore.drop(key)
  },
}

/** Only the typed values: the others may have changed on the server since the draft was saved. */
export const typedValues = ({ values, initial }: SavedDraft): FormValues =>
  Object.fromEntries(
    Object.entries(values).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(initial[key])),
  )
