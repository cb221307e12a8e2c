import { inject, onScopeDispose, provide, type InjectionKey } from 'vue'
import { useSending } from './late-writes'
import { notInDraftText, useLeaveQuestion } from './leave-question'

/** Labels of what is typed and not saved. */
type TypedLabels = () => readonly string[]

const typedKey: InjectionKey<Set<TypedLabels>> = Symbol('typed')

/** For an input that goes with the surrounding dialog, which then asks before it is lost. */
export function useTyped(labels: TypedLabels): void {
  const all = inject(typedKey, undefined)
  all?.add(labels)
  onScopeDispose(() => all?.delete(labels))
}

/** For a form that is on a page or in a dialog: asks before what is typed, and kept in no draft, is lost with either. */
export function useTypedForm(labels: TypedLabels): void {
  if (inject(typedKey, undefined) === undefined) useLeaveQuestion(() => notInDraftText(labels(), false))
  else useTyped(labels)
}

/**
 * The closing of a dialog: it asks before something typed is lost, also if its page is left, its session ended or the
 * window closed. Nothing closes it while its write is being sent. `close` is called if nothing is lost, or `then`.
 * Where `keeps` is true, the owner of the dialog keeps what is typed, or asks.
 */
export function useDialogQuestion(
  typed: TypedLabels,
  close: () => void,
  keeps: () => boolean = () => false,
): (then?: () => void) => Promise<void> {
  const sending = useSending()
  const parts = new Set([typed])
  provide(typedKey, parts)
  function lost(): string {
    if (sending.value || keeps()) return ''
    return notInDraftText([...new Set([...parts].flatMap((labels) => labels()))], false)
  }
  const ask = useLeaveQuestion(lost)
  return async (then = close) => {
    if (sending.value) return
    const text = lost()
    if (text === '' || (await ask(text))) then()
  }
}
