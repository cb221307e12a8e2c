import { shallowRef } from 'vue'
import { leaveReason } from './leave-reason'

/** What is asked before typed text is lost. */
export interface DiscardQuestion {
  readonly text: string
  readonly respond: (isDiscarded: boolean) => void
}

const usualText = 'Your changes have not been saved and will be lost.'

/** The question before typed text is lost; `question` is open until it is answered. */
export function useDiscardQuestion() {
  const question = shallowRef<DiscardQuestion>()

  /** Resolves to whether the text may be lost. While a question is open, another one is answered with no. */
  function ask(text: string = usualText): Promise<boolean> {
    if (question.value !== undefined) return Promise.resolve(false)
    return new Promise((resolve) => {
      const respond = (isDiscarded: boolean): void => {
        question.value = undefined
        resolve(isDiscarded)
      }
      question.value = { text: `${leaveReason()} ${text}`.trim(), respond }
    })
  }

  return { question, ask }
}
