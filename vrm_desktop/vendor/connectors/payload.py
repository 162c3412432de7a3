"""An event as JSON, for whoever is told over a network: `resources/schema/webhook.json` describes it. Pure."""

from vrm_desktop.canon import strict_json
from vrm_desktop.canon.strict_json import JsonValue
from vrm_desktop.protocol.messages import OrderText
from vrm_desktop.vendor.connectors.port import Event
from vrm_desktop.vendor.want import Want


def event_json(event: Event) -> bytes:
    """The event in canonical form. What is not known or not given is absent."""
    data: dict[str, JsonValue] = {
        "conversation": event.conversation,
        "side": event.side.value,
        "state": event.state.value,
        "want": _want(event.want),
        "content": dict(event.content),
    }
    if event.order is not None:
        data["order"] = _order(event.order)
    if event.given:
        data["given"] = dict(event.given)
    at = event.at.strftime("%Y-%m-%dT%H:%M:%SZ")
    return strict_json.encode({"type": f"intentcast.{event.kind}", "timestamp": at, "data": data})


def _want(want: Want) -> dict[str, JsonValue]:
    told: dict[str, JsonValue] = {
        "category": want.category,
        "attributes": dict(want.attributes),
        "condition": want.condition.value,
        "fulfilment": want.fulfilment.value,
        "answers_by": want.answers_by.isoformat(),
        "quantity": want.quantity,
    }
    if want.area is not None:
        told["area"] = want.area.code
    if want.needed_by is not None:
        told["needed_by"] = want.needed_by.isoformat()
    told |= {name: text for name, text in (("title", want.title), ("details", want.details)) if text}
    if want.bid is not None:
        told["bid"] = {"minor": want.bid.minor, "currency": want.bid.currency, "firm": want.firm}
    return told


def _order(order: OrderText) -> dict[str, JsonValue]:
    told: dict[str, JsonValue] = {
        "lines": [{"title": line.title, "quantity": line.quantity, "sku": line.sku} for line in order.lines],
        "fulfilment": order.fulfilment,
        "payment": order.payment,
        "binding": order.binding,
    }
    if order.price is not None:
        told["total"] = order.price.total
        told["currency"] = order.price.currency
    if order.by is not None:
        told["by"] = order.by
    return told
