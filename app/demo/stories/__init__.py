"""What becomes of each person of the demo. A plot plans it; days are counted back from now."""

from app.demo.company import Plot
from app.demo.people import Story
from app.demo.stories import in_the_organization, own_devices, shut_out

PLOTS: dict[Story, Plot] = {**own_devices.PLOTS, **shut_out.PLOTS, **in_the_organization.PLOTS}
