import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { setLocale } from '@shared/format/locale'
import App from './App.vue'
import { guardDoubleClicks } from './composables/double-clicks'
import { off } from './composables/off'
import { router } from './router'

setLocale(window.fleet.locale)
// Zod, which is loaded later, would try to compile code from text, which the page's policy refuses and reports.
Object.assign(globalThis, { __zod_globalConfig: { jitless: true } })
const app = createApp(App)
// Notifications are a separate Vue app of Naive UI, whose ids also start at 0.
app.config.idPrefix = 'fleet'
// Vue would only log it; `reportError` makes it an error of the page.
app.config.errorHandler = (error) => reportError(error)
app.directive('off', off)
app.use(createPinia()).use(router).mount('#app')
guardDoubleClicks()
