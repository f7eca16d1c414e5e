namespace Club.Tests.Earning;

public sealed partial class EveryMemberMattersTests
{
    /// <summary>Each member, where it stands, two values of it, and what else the file says for it to matter.</summary>
    private const string Rows = """
        $.name                   | name                          | "A会"            | "B会"            | care=[{"occasion":"welcome","template":"{{ clubName }}"}]
        $.version                | version                       | "1"             | "2"
        $.rounding               | rounding                      | {"mode":"down","to":0.01} | {"mode":"up","to":1}
        $.wallets                | wallets[1].code               | "coins"         | "medals"
        $.earning                | earning                       | [{"id":"r","when":{},"award":{"rate":0.1}}] | [{"id":"r","when":{},"award":{"rate":0.2}}]
        $.tiers                  | tiers[1].criteria.atLeast     | 10              | 100000
        $.groups                 | groups                        | [{"code":"g","stacking":"sum"}] | [{"code":"g","stacking":"bestOf"}] | earning=[{"id":"r","group":"g","when":{},"award":{"rate":0.1}},{"id":"s","group":"g","when":{},"award":{"rate":0.2}}]
        $.caps                   | caps                          | [{"per":"month","points":50}] | [{"per":"month","points":60}]
        $.budgets                | budgets                       | [{"code":"b","points":10}] | [{"code":"b","points":20}] | earning[0].budget="b"
        $.funders                | funders                       | [{"code":"a","name":"A"},{"code":"b","name":"B"}] | null | TOLD
        $.id                     | id                            | "a"             | "b" | TOLD
        $.effectiveFrom          | effectiveFrom                 | "2026-01-01"    | "2026-02-01" | TOLD
        wallet.name              | wallets[0].name               | "积分"           | "分" | TOLD
        wallet.unit              | wallets[0].unit               | "积分"           | "分" | TOLD
        wallet.source            | wallets[0].source             | "a"             | "b" | TOLD
        earningRule.name         | earning[0].name               | "a"             | "b" | TOLD
        earningRule.source       | earning[0].source             | "a"             | "b" | TOLD
        group.source             | groups                        | [{"code":"g","stacking":"sum","source":"a"}] | [{"code":"g","stacking":"sum","source":"b"}] | earning[0].group="g";TOLD
        budget.name              | budgets                       | [{"code":"b","points":1,"name":"a"}] | [{"code":"b","points":1,"name":"b"}] | TOLD
        budget.source            | budgets                       | [{"code":"b","points":1,"source":"a"}] | [{"code":"b","points":1,"source":"b"}] | TOLD
        funder.code              | funders[0].code               | "a"             | "c" | TOLD
        funder.name              | funders[0].name               | "A"             | "C" | TOLD
        margin.source            | margins[0].source             | "a"             | "b" | MARGIN;TOLD
        tier.source              | tiers[1].source               | "a"             | "b" | TOLD
        benefit.source           | benefits[0].source            | "a"             | "b" | BENEFIT;TOLD
        region.code              | dealers.regions[1].code       | "south"         | "west" | TOLD
        region.name              | dealers.regions[1].name       | "南"             | "西" | TOLD
        $.margins                | earning[0].award              | {"margin":"m"}  | {"rate":0.3} | margins=[{"code":"m","bands":[10],"scale":[{"margin":10,"rate":0.1}],"series":[{"month":"2025-01","margin":12}]}]
        $.benefits               | benefits                      | [{"code":"wash","name":"洗车","tiers":["ordinary"]}] | []
        $.care                   | care                          | [{"occasion":"welcome","template":"a"}] | [{"occasion":"welcome","template":"b"}]
        $.dealers                | dealers.regions[0].branches   | ["D001-D003"]   | ["D002-D003"]
        $.messages               | messages                      | {"weChatWelcome":"a"} | {"weChatWelcome":"b"}
        wallet.code              | wallets[1].code               | "coins"         | "medals"
        wallet.scope             | wallets[0].scope              | "club"          | "branch"        | TOLD
        wallet.approveAbove      | wallets[0].approveAbove       | 1               | 100000
        wallet.expiry            | wallets[0].expiry             | {"kind":"rollingMonths","months":12} | {"kind":"never"}
        wallet.unitCost          | wallets[0].unitCost           | 1               | 0.5
        expiry.kind              | wallets[0].expiry.kind        | "rollingMonths" | "inactivity"
        expiry.months            | wallets[0].expiry.months      | 12              | 1
        expiry.month             | wallets[0].expiry             | {"kind":"fixedDate","month":12,"day":30,"yearsAhead":0} | {"kind":"fixedDate","month":6,"day":30,"yearsAhead":0}
        expiry.day               | wallets[0].expiry             | {"kind":"fixedDate","month":3,"day":7,"yearsAhead":0} | {"kind":"fixedDate","month":3,"day":30,"yearsAhead":0}
        expiry.yearsAhead        | wallets[0].expiry             | {"kind":"fixedDate","month":12,"day":31,"yearsAhead":0} | {"kind":"fixedDate","month":12,"day":31,"yearsAhead":1}
        rounding.mode            | rounding.mode                 | "down"          | "up"
        rounding.to              | rounding.to                   | 0.01            | 1
        earningRule.id           | earning[0].id                 | "r"             | "s"
        earningRule.when         | earning[0].when               | {"category":["parts"]} | {}
        earningRule.award        | earning[0].award              | {"rate":0.1}    | {"fixed":5,"per":"line"}
        earningRule.rounding     | earning[0].rounding           | {"mode":"up","to":1} | null
        earningRule.group        | earning[1].group              | "g"             | "h"             | earning=[{"id":"r","group":"g","when":{},"award":{"rate":0.1}},{"id":"s","group":"g","when":{},"award":{"rate":0.2}}]
        earningRule.priority     | earning[1].priority           | 1               | 0              | earning=[{"id":"r","group":"g","when":{},"award":{"rate":0.1}},{"id":"s","group":"g","when":{},"award":{"rate":0.2}}];groups=[{"code":"g","stacking":"first"}]
        earningRule.caps         | earning[0].caps               | [{"per":"day","points":5}] | null
        earningRule.budget       | earning[0].budget             | "b"             | null            | budgets=[{"code":"b","points":10}]
        earningRule.funding      | earning[0].funding            | [{"funder":"a","percent":100}] | [{"funder":"b","percent":100}]
        earningRule.pending      | earning[0].pending            | {"days":10}     | null
        earningRule.expiry       | earning[0].expiry             | {"kind":"rollingMonths","months":2} | null
        earningRule.wallet       | earning[0].wallet             | "club"          | "coins"
        earningRule.from         | earning[0].from               | "2026-01-01"    | "2026-04-01"
        earningRule.to           | earning[0].to                 | "2026-12-31"    | "2026-03-31"
        when.all                 | earning[0].when               | {"all":[{"category":["parts"]}]} | {"all":[{"category":["labour"]}]}
        when.any                 | earning[0].when               | {"any":[{"category":["parts"]}]} | {"any":[{"category":["labour"]}]}
        when.none                | earning[0].when               | {"none":[{"category":["parts"]}]} | {"none":[{"category":["labour"]}]}
        when.category            | earning[0].when               | {"category":["parts"]} | {"category":["labour"]}
        when.model               | earning[0].when               | {"model":["V6"]} | {"model":["V3"]}
        when.sku                 | earning[0].when               | {"sku":["06A"]} | {"sku":["07A"]}
        when.amount              | earning[0].when               | {"amount":{"atLeast":100}} | {"amount":{"atLeast":9000}}
        when.quantity            | earning[0].when               | {"quantity":{"atLeast":2}} | {"quantity":{"atLeast":3}}
        when.firstTime           | earning[0].when               | {"firstTime":true} | {"firstTime":false}
        when.dealer              | earning[0].when               | {"dealer":["D001"]} | {"dealer":["D002"]}
        when.region              | earning[0].when               | {"region":["north"]} | {"region":["south"]}
        when.channel             | earning[0].when               | {"channel":["shop"]} | {"channel":["web"]}
        when.paymentMethod       | earning[0].when               | {"paymentMethod":["card"]} | {"paymentMethod":["cash"]}
        when.campaign            | earning[0].when               | {"campaign":["spring"]} | {"campaign":["autumn"]}
        when.bookedDaysAhead     | earning[0].when               | {"bookedDaysAhead":{"atLeast":3}} | {"bookedDaysAhead":{"atLeast":4}}
        when.hour                | earning[0].when               | {"hour":{"from":10,"to":12}} | {"hour":{"from":12,"to":14}}
        when.weekday             | earning[0].when               | {"weekday":["monday"]} | {"weekday":["sunday"]}
        when.season              | earning[0].when               | {"season":[{"from":"03-01","to":"03-31"}]} | {"season":[{"from":"05-01","to":"05-31"}]}
        when.date                | earning[0].when               | {"date":[{"from":"2026-03-01","to":"2026-03-31"}]} | {"date":[{"from":"2026-05-01"}]}
        when.tier                | earning[0].when               | {"tier":["ordinary"]} | {"tier":["gold"]}
        when.memberMonths        | earning[0].when               | {"memberMonths":{"lessThan":1}} | {"memberMonths":{"atLeast":1}}
        when.birthdayMonth       | earning[0].when               | {"birthdayMonth":true} | {"birthdayMonth":false}
        when.vehicleModel        | earning[0].when               | {"vehicleModel":["V6"]} | {"vehicleModel":["V3"]}
        when.vehicleMonths       | earning[0].when               | {"vehicleMonths":{"atLeast":12}} | {"vehicleMonths":{"atLeast":36}}
        when.valueClass          | earning[0].when               | {"valueClass":["D","G"]} | {"valueClass":["S"]} | VALUE
        when.loyaltyClass        | earning[0].when               | {"loyaltyClass":["A","B"]} | {"loyaltyClass":["C"]} | VALUE
        when.hobby               | earning[0].when               | {"hobby":["golf"]} | {"hobby":["chess"]}
        when.referral            | earning[0].when               | {"referral":true} | {"referral":false}
        numberRange.atLeast      | earning[0].when.amount        | {"atLeast":300} | {"atLeast":300.01}
        numberRange.moreThan     | earning[0].when.amount        | {"moreThan":300} | {"moreThan":299.99}
        numberRange.atMost       | earning[0].when.amount        | {"atMost":300}  | {"atMost":299.99}
        numberRange.lessThan     | earning[0].when.amount        | {"lessThan":300} | {"lessThan":300.01}
        hours.from               | earning[0].when.hour          | {"from":10,"to":12} | {"from":11,"to":12}
        hours.to                 | earning[0].when.hour          | {"from":10,"to":12} | {"from":10,"to":11}
        dateRange.from           | earning[0].when.date          | [{"from":"2026-03-02"}] | [{"from":"2026-03-03"}]
        dateRange.to             | earning[0].when.date          | [{"to":"2026-03-02"}] | [{"to":"2026-03-01"}]
        season.from              | earning[0].when.season        | [{"from":"03-02","to":"03-31"}] | [{"from":"03-03","to":"03-31"}]
        season.to                | earning[0].when.season        | [{"from":"03-01","to":"03-02"}] | [{"from":"03-01","to":"03-01"}]
        award.rate               | earning[0].award.rate         | 0.1             | 0.11
        award.fixed              | earning[0].award              | {"fixed":5,"per":"line"}     | {"fixed":6,"per":"line"}
        award.steps              | earning[0].award              | {"steps":[{"from":100,"points":5}],"of":"amount","per":"line"} | {"steps":[{"from":100,"points":6}],"of":"amount","per":"line"}
        award.margin             | earning[0].award.margin       | "m"             | "n"             | earning[0].award={"margin":"m"};margins=[{"code":"m","bands":[10],"scale":[{"margin":10,"rate":0.1}],"series":[{"month":"2025-01","margin":12}]},{"code":"n","bands":[10],"scale":[{"margin":10,"rate":0.2}],"series":[{"month":"2025-01","margin":12}]}]
        award.multiplier         | earning[1].award.multiplier   | 2               | 3               | earning=[{"id":"r","when":{},"award":{"rate":0.1}},{"id":"s","when":{},"award":{"multiplier":2}}]
        award.of                 | earning[0].award.of           | "amount"        | "quantity"      | earning[0].award={"steps":[{"from":2,"points":5}],"of":"amount","per":"line"}
        award.per                | earning[0].award.per          | "line"          | "transaction"   | earning[0].award={"fixed":5,"per":"line"}
        step.from                | earning[0].award.steps[0].from   | 100          | 400             | earning[0].award={"steps":[{"from":100,"points":5}],"of":"amount","per":"line"}
        step.points              | earning[0].award.steps[0].points | 5            | 6               | earning[0].award={"steps":[{"from":100,"points":5}],"of":"amount","per":"line"}
        cap.per                  | earning[0].caps[0].per        | "day"           | "year"          | earning[0].caps=[{"per":"day","points":50}]
        cap.points               | earning[0].caps[0].points     | 50              | 51              | earning[0].caps=[{"per":"day","points":50}]
        walletCap.per            | caps[0].per                   | "day"           | "year"          | caps=[{"per":"day","points":50}]
        walletCap.points         | caps[0].points                | 50              | 51              | caps=[{"per":"day","points":50}]
        walletCap.wallet         | caps[0].wallet                | "club"          | "coins"         | caps=[{"per":"day","points":50,"wallet":"club"}]
        fundingShare.funder      | earning[0].funding[0].funder  | "a"             | "b"             | earning[0].funding=[{"funder":"a","percent":100}]
        fundingShare.percent     | earning[0].funding            | [{"funder":"a","percent":40},{"funder":"b","percent":60}] | [{"funder":"a","percent":60},{"funder":"b","percent":40}]
        pending.until            | earning[0].pending            | {"until":"2026-05-01"} | {"until":"2026-07-01"}
        pending.days             | earning[0].pending            | {"days":3}      | {"days":60}
        pending.event            | earning[0].pending            | {"event":"delivered"} | {"event":"paid"}
        group.code               | groups[0].code                | "g"             | "h"             | groups=[{"code":"g","stacking":"sum"}];TOLD
        group.stacking           | groups[0].stacking            | "sum"           | "bestOf"        | groups=[{"code":"g","stacking":"sum"}];earning=[{"id":"r","group":"g","when":{},"award":{"rate":0.1}},{"id":"s","group":"g","when":{},"award":{"rate":0.2}}]
        group.caps               | groups[0].caps                | [{"per":"day","points":5}] | null | groups=[{"code":"g","stacking":"sum"}];earning[0].group="g"
        budget.code              | budgets[0].code               | "a"             | "c"             | budgets=[{"code":"a","points":5}];TOLD
        budget.points            | budgets[0].points             | 10              | 11              | budgets=[{"code":"b","points":10}];earning[0].budget="b"
        margin.code              | margins[0].code               | "m"             | "n"             | margins=[{"code":"m","bands":[10],"scale":[{"margin":10,"rate":0.1}],"series":[{"month":"2025-01","margin":12}]}];TOLD
        margin.bands             | margins[0].bands              | [10]            | [12]            | MARGIN;margins[0].scale=[{"margin":10,"rate":0.1},{"margin":20,"rate":0.2}]
        margin.scale             | margins[0].scale              | [{"margin":10,"rate":0.1}] | [{"margin":10,"rate":0.2}] | MARGIN
        margin.series            | margins[0].series             | [{"month":"2025-01","margin":12}] | [{"month":"2025-01","margin":18}] | MARGIN;margins[0].scale=[{"margin":10,"rate":0.1},{"margin":20,"rate":0.2}];margins[0].bands=[0,15]
        margin.settleMonths      | margins[0].settleMonths       | 1               | 12              | MARGIN;margins[0].scale=[{"margin":10,"rate":0.1},{"margin":20,"rate":0.2}];margins[0].bands=[10,15];margins[0].series=[{"month":"2025-10","margin":12},{"month":"2025-11","margin":18},{"month":"2025-12","margin":18},{"month":"2026-01","margin":18},{"month":"2026-02","margin":18}]
        marginRate.margin        | margins[0].scale[1].margin    | 20              | 30              | MARGIN;margins[0].scale=[{"margin":10,"rate":0.1},{"margin":20,"rate":0.2}];margins[0].bands=[12]
        marginRate.rate          | margins[0].scale[0].rate      | 0.1             | 0.15            | MARGIN
        monthlyMargin.month      | margins[0].series[0].month    | "2026-02"       | "2026-01"       | MARGIN;TOLD
        monthlyMargin.margin     | margins[0].series[0].margin   | 12              | 18              | MARGIN;margins[0].scale=[{"margin":10,"rate":0.1},{"margin":20,"rate":0.2}];margins[0].bands=[0,15]
        tier.code                | tiers[1].code                 | "gold"          | "platinum"
        tier.name                | tiers[1].name                 | "金卡"           | "白金卡"
        tier.criteria            | tiers[1].criteria             | {"metric":"points","atLeast":10,"windowMonths":12} | {"metric":"points","atLeast":99999,"windowMonths":12}
        tier.validityMonths      | tiers[1].validityMonths       | 12              | 24
        tier.graceMonths         | tiers[1].graceMonths          | 1               | 2
        tier.graceDays           | tiers[1].graceDays            | 7               | 30
        tier.downgrade           | tiers[2].downgrade            | "toEarned"      | "byOne"         | tiers=[{"code":"ordinary","name":"普卡"},{"code":"silver","name":"银卡","criteria":{"metric":"points","atLeast":10,"windowMonths":3},"validityMonths":6},{"code":"gold","name":"金卡","criteria":{"metric":"points","atLeast":20,"windowMonths":3},"validityMonths":6,"downgrade":"toEarned"}]
        criterion.any            | tiers[1].criteria             | {"any":[{"metric":"points","atLeast":10,"windowMonths":12}]} | {"any":[{"metric":"points","atLeast":99999,"windowMonths":12}]}
        criterion.all            | tiers[1].criteria             | {"all":[{"metric":"points","atLeast":10,"windowMonths":12}]} | {"all":[{"metric":"points","atLeast":99999,"windowMonths":12}]}
        criterion.metric         | tiers[1].criteria             | {"metric":"points","atLeast":100,"windowMonths":12} | {"metric":"spend","atLeast":100,"windowMonths":12}
        criterion.categories     | tiers[1].criteria             | {"metric":"spend","categories":["parts"],"atLeast":500,"windowMonths":12} | {"metric":"spend","categories":["rental"],"atLeast":500,"windowMonths":12}
        criterion.wallet         | tiers[1].criteria             | {"metric":"points","wallet":"club","atLeast":10,"windowMonths":12} | {"metric":"points","wallet":"coins","atLeast":10,"windowMonths":12}
        criterion.atLeast        | tiers[1].criteria.atLeast     | 10              | 99999
        criterion.moreThan       | tiers[1].criteria             | {"metric":"points","moreThan":10,"windowMonths":12} | {"metric":"points","moreThan":99999,"windowMonths":12}
        criterion.windowMonths   | tiers[1].criteria.windowMonths | 12             | 1
        benefit.code             | benefits[0].code              | "wash"          | "tow"           | BENEFIT
        benefit.name             | benefits[0].name              | "洗车"           | "拖车"           | BENEFIT
        benefit.tiers            | benefits[0].tiers             | ["ordinary"]    | ["gold"]        | BENEFIT
        benefit.count            | benefits[0].count             | 2               | 3               | BENEFIT
        benefit.per              | benefits[0].per               | "year"          | "month"         | BENEFIT
        benefit.carryOver        | benefits[0].carryOver         | 1               | 2               | BENEFIT
        $.spending               | spending                      | null            | {"pointValue":1,"least":1,"step":1,"wallets":[{"wallet":"club","at":"everywhere"}],"holdMinutes":30,"refundGraceDays":0} | TOLD
        spending.pointValue      | spending.pointValue           | 1               | 2               | SPENDING;TOLD
        spending.least           | spending.least                | 10              | 20              | SPENDING;TOLD
        spending.step            | spending.step                 | 5               | 10              | SPENDING;TOLD
        spending.wallets         | spending.wallets              | [{"wallet":"club","at":"everywhere"}] | [{"wallet":"coins","at":"everywhere"}] | SPENDING;TOLD
        spending.bills           | spending.bills                | null            | {"leastShare":0,"mostShare":0.5} | SPENDING;TOLD
        spending.partnerFactor   | spending.partnerFactor        | 1               | 2               | SPENDING;TOLD
        spending.holdMinutes     | spending.holdMinutes          | 30              | 60              | SPENDING;TOLD
        spending.refundGraceDays | spending.refundGraceDays      | 0               | 30              | SPENDING;TOLD
        spending.limits          | spending.limits               | null            | [{"per":"day","points":100}] | SPENDING;TOLD
        spending.transfers       | spending.transfers            | null            | {"least":10}    | SPENDING;TOLD
        spending.causes          | spending.causes               | null            | [{"code":"school","name":"小学"}] | SPENDING;TOLD
        spending.approveAbove    | spending.approveAbove         | null            | 100             | SPENDING;TOLD
        spending.overdraft       | spending.overdraft            | null            | {"tiers":[{"tier":"gold","limit":50,"days":90}],"atDeadline":"buy"} | SPENDING;TOLD
        spending.source          | spending.source               | "a"             | "b"             | SPENDING;TOLD
        spendingWallet.wallet    | spending.wallets[0].wallet    | "club"          | "coins"         | SPENDING;TOLD
        spendingWallet.at        | spending.wallets[0].at        | "everywhere"    | "dealers"       | SPENDING;TOLD
        spendingWallet.pointValue | spending.wallets[0].pointValue | null            | 2               | SPENDING;TOLD
        bills.leastShare         | spending.bills.leastShare     | 0               | 0.1             | SPENDING;TOLD
        bills.mostShare          | spending.bills.mostShare      | 0.5             | 1               | SPENDING;TOLD
        spendingLimit.per        | spending.limits[0].per        | "day"           | "month"         | SPENDING;TOLD
        spendingLimit.points     | spending.limits[0].points     | 100             | 200             | SPENDING;TOLD
        transfers.least          | spending.transfers.least      | 10              | 20              | SPENDING;TOLD
        transfers.perYear        | spending.transfers.perYear    | 4               | null            | SPENDING;TOLD
        transfers.pointsPerYear  | spending.transfers.pointsPerYear | 100             | 200             | SPENDING;TOLD
        transfers.feePercent     | spending.transfers.feePercent | 0               | 5               | SPENDING;TOLD
        cause.code               | spending.causes[0].code       | "school"        | "forest"        | SPENDING;TOLD
        cause.name               | spending.causes[0].name       | "小学"            | "林"             | SPENDING;TOLD
        overdraft.tiers          | spending.overdraft.tiers      | [{"tier":"gold","limit":50,"days":90}] | [{"tier":"ordinary","limit":50,"days":90}] | SPENDING;TOLD
        overdraft.atDeadline     | spending.overdraft.atDeadline | "buy"           | "block"         | SPENDING;TOLD
        tierOverdraft.tier       | spending.overdraft.tiers[0].tier | "ordinary"      | "gold"          | SPENDING;TOLD
        tierOverdraft.limit      | spending.overdraft.tiers[0].limit | 50              | 60              | SPENDING;TOLD
        tierOverdraft.days       | spending.overdraft.tiers[0].days | 90              | 60              | SPENDING;TOLD
        $.membership             | membership                    | {"lapsesAfterMonths":6} | null
        membership.lapsesAfterMonths | membership.lapsesAfterMonths | 6          | 60              | membership={"lapsesAfterMonths":6}
        $.referrals              | referrals                     | {"validDays":30} | null           | TOLD
        referrals.validDays      | referrals.validDays           | 30              | 60              | referrals={"validDays":30};TOLD
        referrals.source         | referrals                     | {"validDays":30,"source":"a"} | {"validDays":30,"source":"b"} | TOLD
        $.repurchase             | repurchase                    | {"vehicleMonths":48,"validMonths":12,"followUpDays":14}      | null            | TOLD
        repurchase.vehicleMonths | repurchase.vehicleMonths      | 48              | 60              | repurchase={"vehicleMonths":48,"validMonths":12,"followUpDays":14};TOLD
        repurchase.validMonths   | repurchase.validMonths        | 12              | 6               | repurchase={"vehicleMonths":48,"validMonths":12,"followUpDays":14};TOLD
        repurchase.followUpDays  | repurchase.followUpDays       | 14              | 7               | repurchase={"vehicleMonths":48,"validMonths":12,"followUpDays":14};TOLD
        repurchase.valueClass    | repurchase.valueClass         | ["D"]           | ["D","G"]       | repurchase={"vehicleMonths":48,"validMonths":12,"followUpDays":14};VALUE;TOLD
        repurchase.source        | repurchase.source             | "a"             | "b"             | repurchase={"vehicleMonths":48,"validMonths":12,"followUpDays":14};TOLD
        $.branchPlans            | branchPlans                   | {"rate":1,"wallets":["club"],"rules":5,"days":30} | null | funders=[{"code":"a","name":"A"},{"code":"dealer","name":"D"}];TOLD
        branchPlans.rate         | branchPlans.rate              | 1 | 2 | branchPlans={"rate":1,"wallets":["club"],"rules":5,"days":30};funders=[{"code":"a","name":"A"},{"code":"dealer","name":"D"}];TOLD
        branchPlans.fixed        | branchPlans.fixed             | 100 | 200 | branchPlans={"rate":1,"wallets":["club"],"rules":5,"days":30};funders=[{"code":"a","name":"A"},{"code":"dealer","name":"D"}];TOLD
        branchPlans.multiplier   | branchPlans.multiplier        | 2 | 3 | branchPlans={"rate":1,"wallets":["club"],"rules":5,"days":30};funders=[{"code":"a","name":"A"},{"code":"dealer","name":"D"}];TOLD
        branchPlans.wallets      | branchPlans.wallets           | ["club"] | ["coins"] | branchPlans={"rate":1,"wallets":["club"],"rules":5,"days":30};funders=[{"code":"a","name":"A"},{"code":"dealer","name":"D"}];TOLD
        branchPlans.conditions   | branchPlans.conditions        | ["category"] | ["category","tier"] | branchPlans={"rate":1,"wallets":["club"],"rules":5,"days":30};funders=[{"code":"a","name":"A"},{"code":"dealer","name":"D"}];TOLD
        branchPlans.rules        | branchPlans.rules             | 5 | 6 | branchPlans={"rate":1,"wallets":["club"],"rules":5,"days":30};funders=[{"code":"a","name":"A"},{"code":"dealer","name":"D"}];TOLD
        branchPlans.days         | branchPlans.days              | 30 | 31 | branchPlans={"rate":1,"wallets":["club"],"rules":5,"days":30};funders=[{"code":"a","name":"A"},{"code":"dealer","name":"D"}];TOLD
        branchPlans.stacking     | branchPlans.stacking          | "bestOf" | "first" | branchPlans={"rate":1,"wallets":["club"],"rules":5,"days":30};funders=[{"code":"a","name":"A"},{"code":"dealer","name":"D"}];TOLD
        branchPlans.source       | branchPlans.source            | "a" | "b" | branchPlans={"rate":1,"wallets":["club"],"rules":5,"days":30};funders=[{"code":"a","name":"A"},{"code":"dealer","name":"D"}];TOLD
        branchPlans.care         | branchPlans.care              | [{"occasion":"birthday","reword":true}] | [{"occasion":"welcome","reword":true}] | branchPlans={"rate":1,"wallets":["club"],"rules":5,"days":30};funders=[{"code":"a","name":"A"},{"code":"dealer","name":"D"}];TOLD
        branchCare.occasion      | branchPlans.care[0].occasion  | "birthday" | "winBack" | branchPlans={"wallets":["club"],"rules":5,"days":30,"care":[{"occasion":"birthday","leadDays":3}]};funders=[{"code":"a","name":"A"},{"code":"dealer","name":"D"}];TOLD
        branchCare.turnOff       | branchPlans.care[0].turnOff   | true | false | branchPlans={"wallets":["club"],"rules":5,"days":30,"care":[{"occasion":"birthday","leadDays":3}]};funders=[{"code":"a","name":"A"},{"code":"dealer","name":"D"}];TOLD
        branchCare.reword        | branchPlans.care[0].reword    | true | false | branchPlans={"wallets":["club"],"rules":5,"days":30,"care":[{"occasion":"birthday","leadDays":3}]};funders=[{"code":"a","name":"A"},{"code":"dealer","name":"D"}];TOLD
        branchCare.leadDays      | branchPlans.care[0].leadDays  | 3 | 4 | branchPlans={"wallets":["club"],"rules":5,"days":30,"care":[{"occasion":"birthday","leadDays":3}]};funders=[{"code":"a","name":"A"},{"code":"dealer","name":"D"}];TOLD
        $.value                  | value                         | VALUE           | null
        value.months             | value.months                  | 12              | 1               | VALUE
        value.categories         | value.categories              | ["parts"]       | ["labour"]      | VALUE
        value.classes            | value.classes                 | {"D":{"total":200000},"G":{"total":100}} | {"D":{"total":200000},"G":{"total":199999}} | VALUE
        value.visits             | value.visits                  | {"expectedDays":100,"leastDays":30,"mostDays":400,"apartDays":14,"lostAfter":2} | {"expectedDays":30,"leastDays":30,"mostDays":400,"apartDays":14,"lostAfter":2} | VALUE
        value.strategies         | value.strategies[4]           | {"cell":"GB","zh":"金摇","en":"hold"} | {"cell":"GB","zh":"打电话","en":"call"} | VALUE
        value.source             | value.source                  | "a"             | "b"             | VALUE;TOLD
        valueClasses.D           | value.classes.D               | {"mean":1}      | {"mean":900000} | VALUE
        valueClasses.G           | value.classes.G               | {"total":100}   | {"total":199999} | VALUE
        valueThreshold.total     | value.classes.D.total         | 200             | 200000          | VALUE
        valueThreshold.mean      | value.classes.D.mean          | 1               | 900000          | VALUE
        valueThreshold.item      | value.classes.D.item          | 1               | 900000          | VALUE
        visits.expectedDays      | value.visits.expectedDays     | 100             | 120             | VALUE
        visits.leastDays         | value.visits.leastDays        | 30              | 70              | VALUE
        visits.mostDays          | value.visits.mostDays         | 30              | 400             | VALUE;value.visits.expectedDays=30
        visits.apartDays         | value.visits.apartDays        | 14              | 40              | VALUE;value.visits.leastDays=40
        visits.lostAfter         | value.visits.lostAfter        | 2               | 3               | VALUE
        strategy.cell            | value.strategies              | [{"cell":"DA","zh":"0","en":"0"},{"cell":"DB","zh":"1","en":"1"},{"cell":"DC","zh":"2","en":"2"},{"cell":"GA","zh":"3","en":"3"},{"cell":"GB","zh":"4","en":"4"},{"cell":"GC","zh":"5","en":"5"},{"cell":"SA","zh":"6","en":"6"},{"cell":"SB","zh":"7","en":"7"},{"cell":"SC","zh":"8","en":"8"}] | [{"cell":"GB","zh":"0","en":"0"},{"cell":"DB","zh":"1","en":"1"},{"cell":"DC","zh":"2","en":"2"},{"cell":"GA","zh":"3","en":"3"},{"cell":"DA","zh":"4","en":"4"},{"cell":"GC","zh":"5","en":"5"},{"cell":"SA","zh":"6","en":"6"},{"cell":"SB","zh":"7","en":"7"},{"cell":"SC","zh":"8","en":"8"}] | VALUE
        strategy.zh              | value.strategies[4].zh        | "金摇"           | "打电话"         | VALUE
        strategy.en              | value.strategies[4].en        | "hold"          | "call"          | VALUE
        $.checks                 | checks                        | [{"id":"km","kind":"odometerFalls","severity":"hold"}] | null | TOLD
        check.id                 | checks[0].id                  | "km"            | "odometer"      | checks=[{"id":"km","kind":"odometerFalls","severity":"hold"}];TOLD
        check.kind               | checks[0].kind                | "odometerFalls" | "vehicleElsewhere" | checks=[{"id":"km","kind":"odometerFalls","severity":"hold"}];TOLD
        check.severity           | checks[0].severity            | "hold"          | "refuse"        | checks=[{"id":"km","kind":"odometerFalls","severity":"hold"}];TOLD
        check.anyOf              | checks[0].anyOf               | ["parts"]       | ["labour"]      | checks=[{"id":"bare","kind":"linesMissing","severity":"note","anyOf":["parts"],"unless":["rescue"]}];TOLD
        check.unless             | checks[0].unless              | ["rescue"]      | ["activity"]    | checks=[{"id":"bare","kind":"linesMissing","severity":"note","anyOf":["parts"],"unless":["rescue"]}];TOLD
        check.most               | checks[0].most                | 3               | 4               | checks=[{"id":"many","kind":"vehicleBurst","severity":"note","most":3,"days":7}];TOLD
        check.days               | checks[0].days                | 7               | 1               | checks=[{"id":"many","kind":"vehicleBurst","severity":"note","most":3,"days":7}];TOLD
        check.times              | checks[0].times               | 3               | 4               | checks=[{"id":"rush","kind":"dealerBurst","severity":"note","most":40,"times":3}];TOLD
        check.source             | checks                        | [{"id":"km","kind":"odometerFalls","severity":"hold","source":"a"}] | [{"id":"km","kind":"odometerFalls","severity":"hold","source":"b"}] | TOLD
        membership.source        | membership                    | {"lapsesAfterMonths":6,"source":"a"} | {"lapsesAfterMonths":6,"source":"b"} | TOLD
        care.occasion            | care[0].occasion              | "birthday"      | "purchaseAnniversary" | care=[{"occasion":"birthday","holdout":0,"template":"x"}]
        care.daysBefore          | care[0].daysBefore            | 0               | 7               | care=[{"occasion":"birthday","holdout":0,"template":"x"}]
        care.minimumPoints       | care[0].minimumPoints         | 1               | 9999            | care=[{"occasion":"pointsExpiring","daysBefore":30,"minimumPoints":1,"template":"{{ pointsExpiring }}"}]
        care.when                | care[0].when                  | {"tier":["ordinary"]} | {"tier":["gold"]} | care=[{"occasion":"birthday","holdout":0,"template":"x"}]
        care.channels            | care[0].channels              | ["sms"]         | ["call"]        | care=[{"occasion":"birthday","holdout":0,"template":"x"}]
        care.weChat              | care[0].weChat                | {"template":"T1","data":[{"name":"thing1","value":"x"}]} | {"template":"T2","data":[{"name":"thing1","value":"x"}]} | care=[{"occasion":"birthday","holdout":0,"channels":["weChat","sms"],"weChat":{"template":"T1","url":"https://a.example","data":[{"name":"thing1","value":"x"}]},"template":"x"}];TOLD
        weChatText.template      | care[0].weChat.template       | "T1"            | "T2"            | care=[{"occasion":"birthday","holdout":0,"channels":["weChat","sms"],"weChat":{"template":"T1","url":"https://a.example","data":[{"name":"thing1","value":"x"}]},"template":"x"}];TOLD
        weChatText.url           | care[0].weChat.url            | "https://a.example" | "https://b.example" | care=[{"occasion":"birthday","holdout":0,"channels":["weChat","sms"],"weChat":{"template":"T1","url":"https://a.example","data":[{"name":"thing1","value":"x"}]},"template":"x"}];TOLD
        weChatText.data          | care[0].weChat.data           | [{"name":"thing1","value":"x"}] | [{"name":"thing1","value":"y"}] | care=[{"occasion":"birthday","holdout":0,"channels":["weChat","sms"],"weChat":{"template":"T1","url":"https://a.example","data":[{"name":"thing1","value":"x"}]},"template":"x"}];TOLD
        weChatField.name         | care[0].weChat.data[0].name   | "thing1"        | "thing2"        | care=[{"occasion":"birthday","holdout":0,"channels":["weChat","sms"],"weChat":{"template":"T1","url":"https://a.example","data":[{"name":"thing1","value":"x"}]},"template":"x"}];TOLD
        weChatField.value        | care[0].weChat.data[0].value  | "x"             | "y"             | care=[{"occasion":"birthday","holdout":0,"channels":["weChat","sms"],"weChat":{"template":"T1","url":"https://a.example","data":[{"name":"thing1","value":"x"}]},"template":"x"}];TOLD
        care.holdout             | care[0].holdout               | 0               | 0.5             | care=[{"occasion":"birthday","template":"x"}];TOLD
        $.careLimit              | careLimit                     | {"most":1,"days":30} | null       | care=[{"occasion":"birthday","holdout":0,"template":"x"},{"occasion":"birthday","holdout":0,"daysBefore":7,"template":"y"}]
        careLimit.most           | careLimit.most                | 1               | 2               | careLimit={"most":1,"days":30};care=[{"occasion":"birthday","holdout":0,"template":"x"},{"occasion":"birthday","holdout":0,"daysBefore":7,"template":"y"}]
        careLimit.days           | careLimit.days                | 30              | 3               | careLimit={"most":1,"days":30};care=[{"occasion":"birthday","holdout":0,"template":"x"},{"occasion":"birthday","holdout":0,"daysBefore":7,"template":"y"}]
        careLimit.source         | careLimit                     | {"most":1,"days":30,"source":"a"} | {"most":1,"days":30,"source":"b"} | TOLD
        care.daysAfter           | care[0].daysAfter             | 1               | 7               | care=[{"occasion":"complaintFollowUp","daysAfter":1,"template":"x"}];TOLD
        care.kilometres          | care[0].kilometres            | 5000            | 10000           | care=[{"occasion":"maintenanceDue","template":"x"}];TOLD
        care.variants            | care[0].variants              | [{"when":{"tier":["ordinary","gold"]},"template":"y"}] | null | care=[{"occasion":"birthday","holdout":0,"template":"x"}]
        careVariant.when         | care[0].variants[0].when      | {"hobby":["golf"]} | {"hobby":["chess"]} | care=[{"occasion":"birthday","holdout":0,"template":"x","variants":[{"when":{"hobby":["golf"]},"template":"y"}]}]
        careVariant.template     | care[0].variants[0].template  | "y"             | "z"             | care=[{"occasion":"birthday","holdout":0,"template":"x","variants":[{"when":{"hobby":["golf"]},"template":"y"}]}]
        careVariant.channels     | care[0].variants[0].channels  | ["sms"]         | ["call"]        | care=[{"occasion":"birthday","holdout":0,"template":"x","variants":[{"when":{"hobby":["golf"]},"template":"y"}]}]
        careVariant.weChat       | care[0].variants[0].weChat    | {"template":"T1","data":[{"name":"thing1","value":"x"}]} | {"template":"T2","data":[{"name":"thing1","value":"x"}]} | care=[{"occasion":"birthday","holdout":0,"template":"x","variants":[{"when":{"hobby":["golf"]},"channels":["weChat"],"template":"y"}]}];TOLD
        care.template            | care[0].template              | "x"             | "y"             | care=[{"occasion":"birthday","holdout":0,"template":"x"}]
        dealers.regions          | dealers.regions               | [{"code":"north","name":"北","branches":["D001"]}] | [{"code":"north","name":"北","branches":["D002"]}]
        region.branches          | dealers.regions[0].branches   | ["D001-D003"]   | ["D002-D003"]
        region.withoutBranch     | dealers.regions[0].withoutBranch | ["D009"]     | ["D008"]
        messages.weChatWelcome   | messages.weChatWelcome        | "a"             | "b"             | messages={"weChatWelcome":"a"}
        """;
}
