using Club.Kernel;

namespace Club.Programmes;

/// <summary>What a condition can ask about: of the line, of the transaction, of the member. DOMAIN P1.</summary>
public enum Dimension
{
    Category, Model, Sku, Amount, Quantity, FirstTime,
    Dealer, Region, Channel, PaymentMethod, Campaign, BookedDaysAhead, Hour, Weekday, Season, Date,
    Tier, MemberMonths, BirthdayMonth, VehicleModel, VehicleMonths, ValueClass, LoyaltyClass, Hobby, Referral,
}

public enum DimensionOf { Line, Transaction, Member }

/// <summary>What kind of condition a dimension takes: one of several words, a range, yes or no, or a part of time. Of what a member may
/// have several of (<see cref="Texts"/>, <see cref="Numbers"/>) one is enough.</summary>
public enum DimensionKind { Text, Texts, Number, Numbers, Fact, Time }

/// <summary>The words that a programme gives to others: what a dimension can be compared with.</summary>
internal sealed record KnownWords(IReadOnlyList<string> Tiers, IReadOnlyList<string> Dealers, IReadOnlyList<string> Regions);

/// <summary>One row for each dimension: whose it is, its kind, and its name. <see cref="Earning.ConditionRules"/> reads its value. A
/// further dimension is a row here, a member of the schema and of the page about rules, and what reads it.</summary>
internal sealed record DimensionRow(Dimension Dimension, DimensionOf Of, DimensionKind Kind, string English, string Chinese)
{
    /// <summary>The words that it can be compared with; null: any.</summary>
    public Func<KnownWords, IReadOnlyList<string>>? Known { get; init; }

    private static readonly DimensionRow[] Rows =
    [
        new(Dimension.Category, DimensionOf.Line, DimensionKind.Text, "category", "品类"),
        new(Dimension.Model, DimensionOf.Line, DimensionKind.Text, "model", "车型"),
        new(Dimension.Sku, DimensionOf.Line, DimensionKind.Text, "article", "零件号"),
        new(Dimension.Amount, DimensionOf.Line, DimensionKind.Number, "amount", "金额"),
        new(Dimension.Quantity, DimensionOf.Line, DimensionKind.Number, "quantity", "数量"),
        new(Dimension.FirstTime, DimensionOf.Line, DimensionKind.Fact, "first time in the category", "该品类首次消费"),
        new(Dimension.Dealer, DimensionOf.Transaction, DimensionKind.Text, "dealer", "经销商") { Known = static words => words.Dealers },
        new(Dimension.Region, DimensionOf.Transaction, DimensionKind.Text, "region", "区域") { Known = static words => words.Regions },
        new(Dimension.Channel, DimensionOf.Transaction, DimensionKind.Text, "channel", "渠道"),
        new(Dimension.PaymentMethod, DimensionOf.Transaction, DimensionKind.Text, "payment method", "支付方式"),
        new(Dimension.Campaign, DimensionOf.Transaction, DimensionKind.Text, "campaign", "活动"),
        new(Dimension.BookedDaysAhead, DimensionOf.Transaction, DimensionKind.Number, "days booked ahead", "提前预约天数"),
        new(Dimension.Hour, DimensionOf.Transaction, DimensionKind.Time, "hour", "时段"),
        new(Dimension.Weekday, DimensionOf.Transaction, DimensionKind.Text, "weekday", "星期") { Known = static _ => Weekdays.All },
        new(Dimension.Season, DimensionOf.Transaction, DimensionKind.Time, "season", "季节"),
        new(Dimension.Date, DimensionOf.Transaction, DimensionKind.Time, "date", "日期"),
        new(Dimension.Tier, DimensionOf.Member, DimensionKind.Text, "tier", "会员等级") { Known = static words => words.Tiers },
        new(Dimension.MemberMonths, DimensionOf.Member, DimensionKind.Number, "months of membership", "入会月数"),
        new(Dimension.BirthdayMonth, DimensionOf.Member, DimensionKind.Fact, "month of birth", "生日当月"),
        new(Dimension.VehicleModel, DimensionOf.Member, DimensionKind.Texts, "own vehicle", "名下车型"),
        new(Dimension.VehicleMonths, DimensionOf.Member, DimensionKind.Numbers, "months since a vehicle was bought", "购车月数"),
        new(Dimension.ValueClass, DimensionOf.Member, DimensionKind.Text, "value class", "价值等级") { Known = static _ => ["D", "G", "S"] },
        new(Dimension.LoyaltyClass, DimensionOf.Member, DimensionKind.Text, "loyalty class", "忠诚等级") { Known = static _ => ["A", "B", "C"] },
        new(Dimension.Hobby, DimensionOf.Member, DimensionKind.Texts, "hobby", "爱好"),
        new(Dimension.Referral, DimensionOf.Member, DimensionKind.Fact, "recruited by a member", "由会员推荐入会"),
    ];

    public static DimensionRow For(Dimension dimension) => Rows[(int)dimension];
}

public static class Dimensions
{
    extension(Dimension dimension)
    {
        internal DimensionKind Kind => DimensionRow.For(dimension).Kind;

        public bool IsOfLine => DimensionRow.For(dimension).Of == DimensionOf.Line;

        public bool IsOfMember => DimensionRow.For(dimension).Of == DimensionOf.Member;

        /// <summary>Whether the member's profile must be read to answer it: the tier is the account's.</summary>
        public bool NeedsProfile => dimension.IsOfMember && dimension != Dimension.Tier;

        /// <summary>Whether it has one value at most, so that rules can be looked up by it.</summary>
        public bool IsIndexed => dimension.Kind == DimensionKind.Text;

        public string In(Language language) =>
            language.Say(DimensionRow.For(dimension).English, DimensionRow.For(dimension).Chinese);
    }
}
