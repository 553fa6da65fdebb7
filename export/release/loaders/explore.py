# %% [markdown]
# # TITLE
#
# Version VERSION. Run this notebook in the folder of the release; it needs pandas and Matplotlib. It loads the tables with their types, draws
# three charts, and computes the headline anew.
#
# **Add up `amount_eur` only where `counted` is true.** The column also holds pledges, goods, money of others, and parts of other sums.
# %%
LOADER
# %% [markdown]
# ## When activities were halted
#
# Only halts whose day is known: a month is no day.
# %%
import matplotlib.pyplot as plt

days = halts.loc[halts["announced_precision"] == "day", "announced_start"]
if len(days):
    weeks = days.value_counts().resample("W").sum()
    plt.figure(figsize=(9, 3))
    plt.bar(weeks.index, weeks.to_numpy(), width=5)
    plt.ylabel("halts a week")
    plt.show()
# %% [markdown]
# ## What was halted, by sector and country
#
# A halt in two countries counts in both: lists are taken apart by `explode`.
# %%
by_country = halts.explode("countries")
by_sector = pd.crosstab(by_country["sector"], by_country["countries"])
if len(by_sector):
    by_sector.plot.barh(figsize=(9, 6), xlabel="halts", ylabel="")
    plt.show()
# %% [markdown]
# ## Who gave most
#
# The companies' own cash, as far as it has an amount and a rate.
# %%
counted = donations[donations["counted"]]
largest = counted.groupby("company")["amount_eur"].sum().nlargest(20).div(1e6)
if len(largest):
    largest[::-1].plot.barh(figsize=(9, 6), xlabel="million euros", ylabel="")
    plt.show()
# %% [markdown]
# ## The headline, computed anew
#
# Exact decimals come from Parquet. The sum is that of the summary, or this cell fails.
# %%
exact = load_parquet("donations")
headline = sum(exact.loc[exact["counted"], "amount_eur"])
figures = load("summary_key_figures").set_index("figure")
stated = figures.loc["Own cash donated", "value"]
assert round(float(headline), 2) == stated, (headline, stated)
print(f"{len(counted)} amounts, {stated:,.2f} euros of own cash, as the summary says")
