using Club.Store;
using Microsoft.Extensions.DependencyInjection;

namespace Club.Reports;

public static class ReportsServices
{
    public static IServiceCollection AddReports(this IServiceCollection services) =>
        services.AddSingleton<Statements>().AddSingleton<MembersByMonth>()
            .AddSingleton<IProjection>(provider => provider.GetRequiredService<MembersByMonth>()).AddSingleton<Leaderboard>();
}
