import { createRouter, createWebHashHistory, type RouteRecordRaw } from 'vue-router'
import { mergedIds } from '@shared/fleet/merged-ids'
import FleetPage from '@/features/fleet/FleetPage.vue'

const naiveArea = () => import('@/components/NaiveArea.vue')

/** A page of a server; its name is also its path. */
const serverPage = (name: string, component: () => Promise<unknown>): RouteRecordRaw => ({
  path: name,
  component: naiveArea,
  children: [{ path: '', name, component }],
})

const routes: readonly RouteRecordRaw[] = [
  { path: '/', name: 'fleet', component: FleetPage },
  {
    path: '/fleet',
    component: naiveArea,
    children: [
      {
        path: `:resource(${mergedIds.join('|')})`,
        name: 'merged',
        component: () => import('@/features/merged/MergedPage.vue'),
        props: true,
      },
    ],
  },
  {
    path: '/servers/:serverId',
    component: () => import('@/features/session/ServerPage.vue'),
    props: true,
    redirect: (to) => ({ name: 'overview', params: to.params }),
    children: [
      {
        path: 'overview',
        name: 'overview',
        component: () => import('@/features/overview/OverviewPage.vue'),
      },
      serverPage('ip-rules', () => import('@/features/ip-rules/IpRulesPage.vue')),
      serverPage('transports', () => import('@/features/transports/TransportsPage.vue')),
      serverPage('network', () => import('@/features/network/NetworkPage.vue')),
      serverPage('system-settings', () => import('@/features/system-settings/SystemSettingsPage.vue')),
      serverPage('notification', () => import('@/features/notification/NotificationPage.vue')),
      serverPage('sbc-im', () => import('@/features/sbc-im/SbcImPage.vue')),
      serverPage('certificate', () => import('@/features/certificate/CertificatePage.vue')),
      serverPage('license', () => import('@/features/license/LicensePage.vue')),
      serverPage('tenants', () => import('@/features/tenants/TenantsPage.vue')),
      serverPage('dealers', () => import('@/features/dealers/DealersPage.vue')),
      serverPage('tenant', () => import('@/features/tenants/OwnTenantPage.vue')),
      serverPage('tenant-notification', () => import('@/features/notification/TenantNotificationPage.vue')),
      serverPage('tenant-password-policy', () => import('@/features/tenants/PasswordPolicyPage.vue')),
      serverPage('account', () => import('@/features/account/AccountPage.vue')),
      serverPage('trunk-assignments', () => import('@/features/trunks/TrunksPage.vue')),
      serverPage('brand', () => import('@/features/brand/BrandPage.vue')),
    ],
  },
  {
    path: '/new-customer',
    component: naiveArea,
    children: [{ path: '', name: 'new-customer', component: () => import('@/features/customers/NewCustomerPage.vue') }],
  },
  {
    path: '/search',
    component: naiveArea,
    children: [{ path: '', name: 'search', component: () => import('@/features/search/SearchPage.vue') }],
  },
  {
    path: '/exports',
    component: naiveArea,
    children: [
      { path: '', name: 'exports', component: () => import('@/features/exports/ExportsPage.vue') },
      {
        path: 'view/:entryId',
        name: 'export-view',
        component: () => import('@/features/exports/ExportViewPage.vue'),
        props: true,
      },
    ],
  },
  {
    path: '/journal',
    component: naiveArea,
    children: [{ path: '', name: 'journal', component: () => import('@/features/journal/JournalPage.vue') }],
  },
  {
    path: '/plans',
    component: naiveArea,
    children: [{ path: '', name: 'plans', component: () => import('@/features/plans/PlansPage.vue') }],
  },
  { path: '/settings', name: 'settings', component: () => import('@/features/settings/SettingsPage.vue') },
  { path: '/:rest(.*)*', redirect: '/' },
]

export const router = createRouter({ history: createWebHashHistory(), routes })
