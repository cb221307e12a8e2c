import { printNumber } from '@shared/format/print-number'

/** An action of a plan or rollout, with its place. */
export interface RunButton {
  readonly key: 'save' | 'saveFile' | 'revert' | 'check' | 'retry' | 'cancel' | 'pause' | 'resume'
  readonly label: string
  /** The widest possible label, which sets the width of its place. */
  readonly widest: string
  /** If false, its place is empty. */
  readonly applies: boolean
  readonly disabled: boolean
}

/** Two rows, always in the same order; those that cancel, pause or resume are in the second. */
export type RunButtons = readonly (readonly RunButton[])[]

export const runButton = (
  key: RunButton['key'],
  label: string,
  applies: boolean,
  disabled: boolean,
  widest = label,
): RunButton => ({ key, label, widest, applies, disabled })

/** Saves the plan for a colleague; also offered at the preview. */
export const saveFileButton = (applies: boolean, busy: boolean): RunButton =>
  runButton('saveFile', 'Save plan as file…', applies, busy)

/** A button with how many of `max` it is about, which applies only to some. */
export const countedButton = (
  key: RunButton['key'],
  label: string,
  {
    count,
    max,
    applies,
    busy,
  }: { readonly count: number; readonly max: number; readonly applies: boolean; readonly busy: boolean },
): RunButton =>
  runButton(key, `${label} (${printNumber(count)})`, applies && count > 0, busy, `${label} (${printNumber(max)})`)
