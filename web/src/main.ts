/** Starts the page. */
import { mount } from 'svelte'
import App from './app/App.svelte'
import './styles/tokens.css'
import './styles/base.css'
import './styles/parts.css'
import './styles/print.css'

const target = document.getElementById('page')
if (target) mount(App, { target })
