import { inject, onScopeDispose, provide, ref, type InjectionKey, type Ref } from 'vue'

const sendingKey: InjectionKey<Readonly<Ref<boolean>>> = Symbol('sending')

/** While this is true, the dialogs of this component stay open, because they show the result of a write. */
export const provideSending = (sending: Readonly<Ref<boolean>>): void => provide(sendingKey, sending)

/** Whether a write of the surrounding dialog is being sent. */
export const useSending = (): Readonly<Ref<boolean>> => inject(sendingKey, () => ref(false), true)

const listeners = new Set<() => void>()

/** Calls the listener when a write has ended whose page was left, so that what was read meanwhile may be out of date. */
export function onLateWrite(listener: () => void): void {
  listeners.add(listener)
  onScopeDispose(() => listeners.delete(listener))
}

/** Announces the end of a write whose page was left. */
export function announceLateWrite(): void {
  for (const listener of listeners) listener()
}
