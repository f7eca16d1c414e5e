using System.ComponentModel.DataAnnotations;
using System.Text;
using Club.Benefits;
using Club.Care;
using Club.Explaining;
using Club.Files;
using Club.Identity;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Programmes;
using Club.Sms;
using Club.Store;
using Club.Sweeps;
using Club.Tiers;
using Club.WeChat;
using Club.WhatIf;
using Club.Webhooks;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Club;

/// <summary>Settings of the club as a whole, section <c>Club</c>.</summary>
public sealed class ClubOptions
{
    public const string Section = "Club";

    /// <summary>The name of a sample programme, or the path of a file.</summary>
    [Required(AllowEmptyStrings = false, ErrorMessage = "Club__Programme is empty.")]
    public string Programme { get; set; } = "skoda";

    /// <summary>The brand's time zone, by its IANA name.</summary>
    [Required(AllowEmptyStrings = false, ErrorMessage = "Club__TimeZone is empty.")]
    public string TimeZone { get; set; } = "Asia/Shanghai";

    /// <summary>The secret under which phones and other identities are looked up; at least 32 characters. It can never be changed.</summary>
    [MinLength(IdentityHasher.MinKeyBytes, ErrorMessage = "Club__LookupKey needs at least 32 characters.")]
    public string LookupKey { get; set; } = "";
}

public static class ClubServices
{
    /// <summary>
    /// Everything of the club but its ports: the host adds <see cref="Store.IClubStore"/>, <see cref="IWorkQueue"/>, <see cref="ISms"/>,
    /// <see cref="IFiles"/> and a <see cref="TimeProvider"/>.
    /// </summary>
    public static IServiceCollection AddClub(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ClubOptions>().Bind(configuration.GetSection(ClubOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<WeChatOptions>().Bind(configuration.GetSection(WeChatOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<SiteWebhookOptions>().Bind(configuration.GetSection(SiteWebhookOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<SmsOptions>().Bind(configuration.GetSection(SmsOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<RejectionOptions>().Bind(configuration.GetSection(RejectionOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<WhatIfOptions>().Bind(configuration.GetSection(WhatIfOptions.Section)).ValidateDataAnnotations().ValidateOnStart();

        services.AddSingleton(provider => ProgrammeLoader.LoadText(provider.GetRequiredService<IOptions<ClubOptions>>().Value.Programme));
        services.AddSingleton(provider => provider.GetRequiredService<ProgrammeText>().Programme);
        services.AddSingleton(provider => new ClubCalendar(provider.GetRequiredService<TimeProvider>(), Zone(provider.GetRequiredService<IOptions<ClubOptions>>().Value.TimeZone)));
        services.AddSingleton(provider => new ProgrammeVersions(provider.GetRequiredService<ClubCalendar>(), provider.GetRequiredService<Programme>()));
        services.AddSingleton(provider => new IdentityHasher(Encoding.UTF8.GetBytes(provider.GetRequiredService<IOptions<ClubOptions>>().Value.LookupKey)));
        services.AddSingleton(provider => new WeChatCallback(provider.GetRequiredService<IOptions<WeChatOptions>>().Value, provider.GetRequiredService<TimeProvider>()));

        services.AddSingleton<ProgrammeLibrary>().AddSingleton<ProgrammeDrafts>().AddSingleton<Publication>();
        services.AddSingleton<MemberGate>().AddSingleton<MemberLedger>().AddSingleton<MessageKeys>().AddSingleton<Budgets>().AddSingleton<Booking>().AddSingleton<Rejections>().AddSingleton<TransactionReader>().AddSingleton<Accrue>();
        services.AddSingleton<KeyCheck>().AddScoped<SentWith>().AddSingleton<IKeyScopes, EverySource>().AddSingleton<DocumentVerifier>().AddSingleton<MergeVerifier>().AddSingleton<LedgerVerifier>();
        services.AddSingleton<StoreHealth>().AddSingleton<Claims>().AddSingleton<Parking>().AddSingleton<MergeSeal>().AddSingleton<Merge>().AddSingleton<Register>().AddSingleton<RegistrationReader>().AddSingleton<Membership>().AddSingleton<MemberViews>().AddSingleton<MemberSearch>().AddSingleton<Disputes>();
        services.AddSingleton<TierGrants>().AddSingleton<TierMeasurement>().AddSingleton<MemberBenefits>().AddSingleton<MoveBenefits>();
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<SmsOptions>>().Value.Replies);
        services.AddSingleton<CareMessages>().AddSingleton<PlanCare>().AddSingleton<SendSms>().AddSingleton<SmsFeedback>().AddSingleton<SmsReplyHandler>().AddSingleton<SmsWebhookDoor>();
        services.AddSingleton<Explain>().AddSingleton<Preview>().AddSingleton<Replay>().AddSingleton<WhatIfGate>().AddSingleton<Statements>();
        services.AddSingleton<Sweep>().AddSingleton<Work>().AddSingleton<Deliveries>().AddSingleton<SiteRegistrations>().AddSingleton<WeChatConversation>();
        return services;
    }

    private static TimeZoneInfo Zone(string id) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone)
            ? zone
            : throw new OptionsValidationException("", typeof(ClubOptions), [$"Club__TimeZone: \"{id}\" is not a time zone that this machine knows."]);
}
