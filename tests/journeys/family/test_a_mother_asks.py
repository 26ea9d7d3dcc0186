"""A mother asks for help for her son, in Spanish, on a phone; it waits at the desk, and leads to a referral."""

from __future__ import annotations

import pytest

from browser import PHONE, barriers, browser, overflows, sign_in

pytestmark = [pytest.mark.hub, pytest.mark.browser]


def test_a_mother_refers_her_son_in_spanish_on_a_phone(live: str) -> None:
    with browser(size=PHONE, language="es-MX") as page:
        page.goto(f"{live}/ask/")
        assert page.locator("html").get_attribute("lang") == "es"
        assert "¿Quién necesita ayuda?" in page.locator("main").inner_text()
        # one question a page, each readable and without barriers
        for answer in (
            lambda: page.get_by_label("Para alguien de mi familia").check(),
            lambda: page.get_by_label("Una cama para esta noche").check(),
            lambda: page.get_by_label("¿Cómo se llama la persona?").fill("Mateo Ejemplo"),
            lambda: page.get_by_label("¿Dónde está la persona?").fill("Cotton Flat, junto al río"),
        ):
            assert barriers(page) == []
            assert not overflows(page)
            answer()
            page.get_by_role("button", name="Siguiente").click()
        # she forgets her own name, and is told what to mend; what she typed stays
        page.get_by_label("¿Cómo podemos comunicarnos con usted?").fill("559 555 0123")
        page.get_by_role("button", name="Siguiente").click()
        assert "Escriba algo aquí." in page.locator("main").inner_text()
        assert barriers(page) == []
        assert page.get_by_label("¿Cómo podemos comunicarnos con usted?").input_value() == "559 555 0123"
        page.get_by_label("¿Cómo se llama usted?").fill("Lucía Ejemplo")
        page.get_by_role("button", name="Siguiente").click()
        page.get_by_label("La persona sabe que pido ayuda").check()
        page.get_by_role("button", name="Enviar").click()
        assert "Gracias. Ya lo tenemos." in page.locator("main").inner_text()
        assert barriers(page) == []
    with browser() as page:
        # then Rosa finds it at her desk, and says what came of it
        sign_in(page, live, "Rosa Delgado")
        page.get_by_role("link", name="Asked for by people").click()
        assert barriers(page) == []
        page.get_by_role("link", name="Mateo Ejemplo").click()
        assert "junto al río" in page.locator("main").inner_text()
        assert barriers(page) == []
        page.get_by_label("Close without referring").fill("Found a bed with his aunt")
        page.get_by_role("button", name="Close the request").click()
        assert "It is closed." in page.locator("main").inner_text()
