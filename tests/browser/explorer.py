"""An Explorer in a page, read and moved as a person would."""

from __future__ import annotations

from playwright.sync_api import Locator, Page, expect

# Every text that the four views show, in one round: what stands in each named place.
READ = """el => ({
  rows: Object.fromEntries([...el.querySelectorAll('.bp-gradients tbody tr')].map((row) => [
    row.querySelector('input').value, [...row.querySelectorAll('td')].map((cell) => cell.textContent),
  ])),
  chosen: el.querySelector('.bp-gradients input:checked')?.value,
  total: el.querySelector('.bp-gradients tfoot td')?.textContent,
  breakdown: [...el.querySelectorAll('.bp-breakdown .bp-number')].map((node) => node.textContent),
  surface: el.querySelector('.bp-surface .bp-spoken')?.textContent,
  axes: [...el.querySelectorAll('.bp-surface select')].map((select) => select.value),
  messages: [...el.querySelectorAll('.bp-message')].map((node) => node.textContent).join(''),
})"""

# The elements of ours whose content is wider than they are, or that stand out of their view.
CLIPPED = """el => [...el.querySelectorAll('.bp-view'), ...el.querySelectorAll('.bp-view *')]
  .filter((node) => node instanceof HTMLElement && node.clientWidth > 0
    && !node.closest('.bp-scroll') && !node.matches('input, select, canvas, .bp-plane, .bp-ticks')
    && node.scrollWidth > node.clientWidth + 1)
  .map((node) => `${node.tagName}.${node.className} ${node.scrollWidth} > ${node.clientWidth}: `
    + node.textContent.slice(0, 60))"""

OUTSIDE = """el => [...el.querySelectorAll('.bp-view')].flatMap((view) => {
  const box = view.getBoundingClientRect();
  return [...view.querySelectorAll('*')].filter((node) => {
    const own = node.getBoundingClientRect();
    return own.width > 0 && !node.closest('.bp-scroll')
      && (own.right > box.right + 1 || own.left < box.left - 1 || own.bottom > box.bottom + 1);
  }).map((node) => `${view.className}: ${node.tagName}.${node.className} stands out`);
})"""


class ExplorerPage:
    """One displayed Explorer: the element that holds its four views."""

    def __init__(self, page: Page, holder: Locator) -> None:
        self.page = page
        self.holder = holder
        expect(holder.locator(".bp-view")).to_have_count(4)
        expect(holder.locator(".bp-gradients tbody tr").first).to_be_visible()

    def slider(self, name: str) -> Locator:
        return self.holder.get_by_role("slider", name=name, exact=True)

    def field(self, name: str) -> Locator:
        return self.holder.get_by_role("textbox", name=f"{name}, exact number", exact=True)

    def radio(self, name: str) -> Locator:
        return self.holder.get_by_role("radio", name=f"Explain {name}", exact=True)

    def axis(self, label: str) -> Locator:
        return self.holder.get_by_role("combobox", name=label)

    def answer(self, name: str) -> Locator:
        """What is said beside a field."""
        slider = self.page.get_by_role("slider", name=name, exact=True)
        return self.holder.locator(".bp-control").filter(has=slider).locator(".bp-refused")

    def press(self, name: str, *keys: str) -> None:
        """Press keys on a slider."""
        self.slider(name).focus()
        for key in keys:
            self.page.keyboard.press(key)

    def gradient(self, name: str) -> Locator:
        """The cell of the table that shows a gradient."""
        radio = self.page.get_by_role("radio", name=f"Explain {name}", exact=True)
        row = self.holder.locator(".bp-gradients tbody tr").filter(has=radio)
        return row.locator("td").nth(1)

    def read(self) -> dict:
        return self.holder.evaluate(READ)

    def clipped(self) -> list[str]:
        return [*self.holder.evaluate(CLIPPED), *self.holder.evaluate(OUTSIDE)]
