import { useCloseQuestion } from '@/composables/close-question'
import { useDiscardQuestion } from '@/composables/discard-question'
import { importLoss, useSuspendedImports } from './suspended-imports'

/** Asks before the window closes while imports wait for the next session of their servers. */
export function useSuspendedQuestion(): void {
  const { imports, nameOf } = useSuspendedImports()
  const ask = useDiscardQuestion()

  function askToClose(): Promise<boolean> {
    const names = imports.value.map(nameOf)
    return ask(
      names.length === 1
        ? `${names[0]} is not imported yet. ${importLoss}`
        : `These imports are not finished. Their columns, values and corrected rows will be lost: ${names.join(', ')}.`,
    )
  }
  useCloseQuestion(() => imports.value.length > 0, askToClose)
}
