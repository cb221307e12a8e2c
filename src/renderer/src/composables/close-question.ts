import { onScopeDispose } from 'vue'

interface CloseQuestion {
  readonly isUnsaved: () => boolean
  readonly ask: () => Promise<boolean>
}

const open = new Set<CloseQuestion>()
/** What may be lost, as the user answered. */
const discarded = new WeakSet<CloseQuestion>()
let isAsking = false

const unsaved = (): readonly CloseQuestion[] =>
  [...open].filter((question) => !discarded.has(question) && question.isUnsaved())

async function askAll(questions: readonly CloseQuestion[]): Promise<void> {
  const agreed: CloseQuestion[] = []
  isAsking = true
  for (const question of questions) {
    if (question.isUnsaved() && !(await question.ask())) break
    agreed.push(question)
  }
  isAsking = false
  if (agreed.length < questions.length) return
  for (const question of agreed) discarded.add(question)
  window.close()
}

function onUnload(event: BeforeUnloadEvent): void {
  const questions = unsaved()
  if (questions.length === 0) return
  event.preventDefault()
  if (!isAsking) void askAll(questions)
}

/** Asks before the window closes while this is unsaved, one question after the other. The window closes after the last response. */
export function useCloseQuestion(isUnsaved: () => boolean, ask: () => Promise<boolean>): void {
  const question = { isUnsaved, ask }
  if (open.size === 0) window.addEventListener('beforeunload', onUnload)
  open.add(question)
  onScopeDispose(() => {
    open.delete(question)
    if (open.size === 0) window.removeEventListener('beforeunload', onUnload)
  })
}
