using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using QuantDash.Core.Locking;
using QuantDash.Web.Adapters.Storage.Rows;

namespace QuantDash.Web.Adapters.Storage.Model;

internal static class LockTemplateTable
{
    public static void Configure(EntityTypeBuilder<LockTemplateRow> template)
    {
        template.ToTable("lock_templates");
        template.Property(t => t.Id).ValueGeneratedNever();
        template.Property(t => t.Name).HasMaxLength(LockTemplate.LongestName);
    }
}
