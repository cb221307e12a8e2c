import { onScopeDispose, readonly, shallowRef } from 'vue'
import { leaveReason } from './leave-reason'

/** What is asked before typed text is lost. */
export interface DiscardQuestion {
  readonly text: string
  readonly respond: (isDiscarded: boolean) => void
}

const usualText = 'Your changes have not been saved and will be lost.'

const question = shallowRef<DiscardQuestion>()

/** The open question, which the shell shows above every dialog until it is answered. */
export const openQuestion = readonly(question)

/**
 * The question before typed text is lost. The returned function resolves to whether it may be lost. While a question is
 * open, another one is answered with no, and so is the question of a page or dialog that goes meanwhile.
 */
export function useDiscardQuestion(): (text?: string) => Promise<boolean> {
  let own: DiscardQuestion | undefined
  onScopeDispose(() => own?.respond(false))
  return (text = usualText) => {
    if (question.value !== undefined) return Promise.resolve(false)
    return new Promise((resolve) => {
      const respond = (isDiscarded: boolean): void => {
        own = undefined
        question.value = undefined
        resolve(isDiscarded)
      }
      own = { text: `${leaveReason()} ${text}`.trim(), respond }
      question.value = own
    })
  }
}
