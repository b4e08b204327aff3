"""The departments of the house that can be told something (front-office.md, "Notify")."""

from __future__ import annotations

from enum import StrEnum

from pms.say import Say, say


class Department(StrEnum):
    FRONT_DESK = "front_desk"
    RESERVATIONS = "reservations"
    HOUSEKEEPING = "housekeeping"
    SERVICE_CENTRE = "service_centre"
    CONCIERGE = "concierge"
    OPERATOR = "operator"
    RESTAURANTS = "restaurants"
    BANQUET = "banquet"
    SALON = "salon"
    ENGINEERING = "engineering"
    SECURITY = "security"
    ASSISTANT_MANAGER = "assistant_manager"
    SALES = "sales"
    CASHIER = "cashier"


DEPARTMENT_NAMES: dict[Department, Say] = {
    Department.FRONT_DESK: say("Front desk"),
    Department.RESERVATIONS: say("Reservations"),
    Department.HOUSEKEEPING: say("Housekeeping"),
    Department.SERVICE_CENTRE: say("Service centre"),
    Department.CONCIERGE: say("Concierge"),
    Department.OPERATOR: say("Operator"),
    Department.RESTAURANTS: say("Restaurants"),
    Department.BANQUET: say("Banquet"),
    Department.SALON: say("Salon"),
    Department.ENGINEERING: say("Engineering"),
    Department.SECURITY: say("Security"),
    Department.ASSISTANT_MANAGER: say("Assistant manager (AM)"),
    Department.SALES: say("Sales"),
    Department.CASHIER: say("Cashier"),
}
