/** Starts the page. */
import { mount } from 'svelte'
import App from './app/App.svelte'

const page = document.getElementById('page')
if (page) mount(App, { target: page })
