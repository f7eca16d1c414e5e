namespace Club.Docs.Tests.Cost;

/// <summary>List prices in US dollars of a region in the United States; docs/cost.md says where they were read, and when.</summary>
internal static class Prices
{
    public const double ServerlessPerMillionRu = 0.25;

    /// <summary>For 100 RU/s and hour, of the highest that an hour reached and at least a tenth of the maximum: one and a half times the
    /// manual price.</summary>
    public const double AutoscalePer100RuHour = 0.008 * 1.5;

    public const double StoragePerGb = 0.25;
    public const double Backup30DaysPerGb = 0.20;
    public const double ServiceBusPerHour = 0.0135;
    public const double ServiceBusIncludedMillions = 13, ServiceBusPerMillion = 0.80;
    public const double ExecutionPerMillion = 0.40, ExecutionsIncludedMillions = 0.25;
    public const double GbSecond = 0.000026, GbSecondsIncluded = 100_000;

    /// <summary>In yuan, for each message that the operator counts.</summary>
    public const double SmsInYuan = 0.045;

    public const int HoursInMonth = 730;
}
