/** What every page has: the switch between light and dark, the menu, search, tables on a phone. */

import { menu } from "./menu";
import { suggest } from "./suggestion";
import { themeSwitch } from "./switch";
import { cards } from "./table";

themeSwitch();
menu();
for (const form of document.querySelectorAll<HTMLFormElement>("form[data-suggest]")) suggest(form);
cards();
// What runs in time is looked at from its end.
for (const one of document.querySelectorAll(".latest")) one.scrollLeft = one.scrollWidth;
