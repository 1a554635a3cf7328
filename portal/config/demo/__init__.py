"""A fictional district to try the product in: 清川市, its 澄湖区, and the people who live and work there."""
