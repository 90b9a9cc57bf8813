"""Pure pictures: results become scenes and Plotly figures."""
