using Club.Access;
using Club.Activities;
using Club.Benefits;
using Club.Care;
using Club.Dealers;
using Club.Edges;
using Club.Explaining;
using Club.Fraud;
using Club.Gifts;
using Club.Identity;
using Club.Joining;
using Club.Kernel;
using Club.Ledger;
using Club.Members;
using Club.Messaging;
using Club.Outgoing;
using Club.Partners;
using Club.Programmes;
using Club.Proof;
using Club.Referrals;
using Club.Reports;
using Club.Running;
using Club.Settlement;
using Club.Spending;
using Club.Store;
using Club.Tiers;
using Club.Transactions;
using Club.Value;
using Club.WhatIf;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Club;

public static class ClubServices
{
    /// <summary>
    /// Everything of the club but its ports: the host adds two <see cref="IClubStore"/> by the names of <see cref="ClubStores"/>,
    /// <see cref="IWorkQueue"/>, <see cref="ISms"/>, <see cref="IFiles"/>, <see cref="IKeptFiles"/> and a <see cref="TimeProvider"/>.
    /// </summary>
    public static IServiceCollection AddClub(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<ClubOptions>().Bind(configuration.GetSection(ClubOptions.Section)).ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton(provider => new ClubCalendar(provider.GetRequiredService<TimeProvider>(),
                Zone(provider.GetRequiredService<IOptions<ClubOptions>>().Value.TimeZone)))
            .AddStore(configuration).AddIdentity().AddAccess(configuration)
            .AddProgrammes().AddLedger().AddMembers(configuration).AddTiers().AddBenefits().AddMessaging(configuration).AddValue().AddCare()
            .AddTransactions(configuration).AddSpending().AddGifts().AddPartners().AddReferrals().AddFraud().AddDealers().AddActivities()
            .AddJoining().AddExplaining().AddWhatIf(configuration).AddProof()
            .AddSettlement().AddReports().AddEdges(configuration).AddOutgoing(configuration)
            .AddRunning();
    }

    private static TimeZoneInfo Zone(string id) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone)
            ? zone
            : throw new OptionsValidationException("", typeof(ClubOptions),
                [$"Club__TimeZone: \"{id}\" is not a time zone that this machine knows."]);
}
